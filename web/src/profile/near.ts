/** The question for a postcode, or for a point written "lon,lat". */
export function nearUrl(place: string): string {
    const [lon, lat, rest] = place.split(',');
    const isPoint = lat !== undefined && rest === undefined && lon !== undefined && [lon, lat].every((t) => t.trim() !== '' && Number.isFinite(Number(t)));
    return isPoint ? `/api/near?lon=${Number(lon)}&lat=${Number(lat)}` : `/api/near?postcode=${encodeURIComponent(place)}`;
}
