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
