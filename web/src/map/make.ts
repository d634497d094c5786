// Makes the map: its code, its letters and the graphics process come first, then MapLibre with the frame's own ways.
import type { Map as MapLibre, StyleSpecification } from 'maplibre-gl';
import type { Atlas } from '../api/types';
import { theme } from '../state/theme.svelte';
import type { Camera } from '../state/url';
import { readArchives } from './archive';
import { mapCode } from './code';
import { markImage } from './marks';
import { ringImage } from './rings';
import type { Padding } from './room';

export interface Making {
    atlas: Atlas;
    container: HTMLElement;
    style: () => StyleSpecification;
    /** Where the address looks; null for the whole atlas. */
    camera: () => Camera | null;
    padding: () => Padding;
}

/**
 * The first drawing with a canvas waits until the graphics process has opened a place for it. Letters are drawn so, and would wait
 * while it draws the page.
 */
function openCanvas(): void {
    if (typeof OffscreenCanvas !== 'function') return;
    const pen = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    pen?.fillRect(0, 0, 1, 1);
    pen?.getImageData(0, 0, 1, 1);
}

export async function makeMap({ atlas, container, style, camera, padding }: Making): Promise<MapLibre> {
    const [maplibregl] = await Promise.all([
        mapCode(),
        document.fonts.load('400 16px "Inter Map"'),
        document.fonts.load('600 16px "Inter Map Semibold"'),
        globalThis.graphicsReady,
    ]);
    openCanvas();
    if (atlas.base_map) await readArchives(maplibregl.addProtocol);
    const [west, south, east, north] = atlas.bounds;
    const at = camera();
    const map = new maplibregl.Map({
        container,
        style: style(),
        ...(at
            ? { center: [at.lon, at.lat], zoom: at.zoom }
            : { bounds: [west ?? -8, south ?? 50, east ?? 2, north ?? 59], fitBoundsOptions: { padding: padding(), maxZoom: 10 } }),
        attributionControl: false,
        dragRotate: false,
        pitchWithRotate: false,
        touchPitch: false,
        maxPitch: 0,
        minZoom: 2.5,
        maxZoom: 17,
        fadeDuration: 120,
        renderWorldCopies: false,
        // The style is made by our own code and tested; to check it on every visit takes as long as to read it.
        validateStyle: false,
    });
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
    map.addControl(new maplibregl.ScaleControl({ maxWidth: 100 }), 'bottom-right');
    map.on('styleimagemissing', ({ id }) => {
        if (id === 'blank') map.addImage(id, new ImageData(1, 1));
        const image = markImage(id, theme.current) ?? ringImage(id);
        if (image && !map.hasImage(id)) map.addImage(id, image, { pixelRatio: 2 });
    });
    map.getCanvas().setAttribute('aria-label', 'Map. Arrow keys move it, plus and minus zoom; the same clusters are in the list that follows.');
    return map;
}
