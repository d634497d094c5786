// The map asked about itself: what a layer draws, and whether all has come.
import type { Map as MapLibre } from 'maplibre-gl';
import type { Page } from 'playwright-core';

export type Holder = HTMLElement & { map?: MapLibre };

/** The features that one layer draws on the screen; -1 where the map has no such layer. */
export const drawn = (page: Page, layer: string): Promise<number> =>
    page.evaluate((name) => {
        const map = document.querySelector<Holder>('.canvas')?.map;
        return map?.getLayer(name) ? map.queryRenderedFeatures({ layers: [name] }).length : -1;
    }, layer);

/** The map has loaded all it has asked for. */
export const settled = (page: Page): Promise<unknown> =>
    page.waitForFunction(() => document.querySelector<Holder>('.canvas')?.map?.areTilesLoaded());

/** Those of the largest rings on the screen that have a name which is not drawn, with their counts. */
export const unnamedRings = (page: Page, largest: number): Promise<string[]> =>
    page.evaluate((most) => {
        const map = document.querySelector<Holder>('.canvas')!.map!;
        const seen = (like: (id: string) => boolean) => map.queryRenderedFeatures({ layers: map.getStyle().layers.map(({ id }) => id).filter(like) }).map(({ properties }) => properties);
        const rings = [...new Map(seen((id) => id === 'gathered-ring').filter(({ ring }) => ring !== undefined).map((ring) => [ring['ring'], ring])).values()];
        const drawn = new Set(seen((id) => id.startsWith('gathered-name')).map(({ name }) => name));
        return rings.sort((a, b) => b['count'] - a['count'] || a['order'] - b['order']).slice(0, most).filter(({ name }) => name && !drawn.has(name)).map(({ name, count }) => `${name}: ${count}`);
    }, largest);
