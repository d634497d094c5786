import type { Area, AreaRef } from '../api/types';

/** The question for a postcode, or for a point written "lon,lat". */
export function nearUrl(place: string): string {
    const [lon, lat, rest] = place.split(',');
    const isPoint = lat !== undefined && rest === undefined && lon !== undefined && [lon, lat].every((t) => t.trim() !== '' && Number.isFinite(Number(t)));
    return isPoint ? `/api/near?lon=${Number(lon)}&lat=${Number(lat)}` : `/api/near?postcode=${encodeURIComponent(place)}`;
}

/** The names of the areas that a place is in, from small to large; what several levels call the same is named once. */
export function areaNames(of: readonly AreaRef[], all: readonly Area[]): string[] {
    const size = new Map(all.map(({ code, bbox: [west = 0, south = 0, east = 0, north = 0] }) => [code, (east - west) * (north - south)]));
    const sizeOf = ({ code }: AreaRef): number => size.get(code) ?? Infinity;
    const ordered = [...of].sort((a, b) => (sizeOf(a) === sizeOf(b) ? 0 : sizeOf(a) - sizeOf(b)));
    return [...new Set(ordered.map(({ name }) => name))];
}
