// A base map of one's own as one PMTiles file, where index.html names it: <meta name="icmap-basemap" content="/basemap/uk.pmtiles">.
import type { AddProtocolAction } from 'maplibre-gl';

/** The address of the archive; null where none is configured. */
export const archiveUrl: string | null =
    document.querySelector<HTMLMetaElement>('meta[name="icmap-basemap"]')?.content.trim() || null;

/** Teaches the map to read from the archive; fetched only where there is one. */
export async function readArchives(addProtocol: (name: string, action: AddProtocolAction) => void): Promise<void> {
    const { Protocol } = await import('pmtiles');
    addProtocol('pmtiles', new Protocol().tile);
}
