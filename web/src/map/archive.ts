import type { AddProtocolAction } from 'maplibre-gl';

/** Teaches the map to read a PMTiles base map (`icmap serve --base-map FILE`); fetched only where the server has one. */
export async function readArchives(addProtocol: (name: string, action: AddProtocolAction) => void): Promise<void> {
    const { Protocol } = await import('pmtiles');
    addProtocol('pmtiles', new Protocol().tile);
}
