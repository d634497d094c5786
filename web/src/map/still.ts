// The map as a picture: what is in sight on the whole of it, twice as sharp, while the reader sees it where it was.
import type { Map as MapLibre } from 'maplibre-gl';
import { boxRound, freeOf, type Box, type Padding } from './room';

/** A copy of the map and where it looks. */
export interface Still {
    canvas: HTMLCanvasElement;
    pixelRatio: number;
    zoom: number;
}

interface Point {
    x: number;
    y: number;
}

/**
 * What of a map of this size the picture is of, and how much nearer it may go: what is in sight beside the panels, as large as
 * it is there were the panels not; null where nothing lies over the map.
 */
export function inSight(points: readonly Point[], open: Padding, closed: Padding, width: number, height: number): { box: Box; nearer: number } | null {
    const [free, all] = [freeOf(open, width, height), freeOf(closed, width, height)];
    const across = (all.right - all.left) / (free.right - free.left);
    const down = (all.bottom - all.top) / (free.bottom - free.top);
    if (across <= 1 && down <= 1) return null;
    return { box: boxRound(points, free) ?? free, nearer: Math.log2(Math.max(across, down)) };
}

const SHARP = 2;
const MOST_WAIT_MS = 8000;

/** The next frame, copied: what is on the map's own canvas is gone with it. */
function nextFrame(map: MapLibre): Promise<HTMLCanvasElement> {
    return new Promise((resolve) => {
        map.once('render', () => {
            const shown = map.getCanvas();
            const copy = document.createElement('canvas');
            [copy.width, copy.height] = [shown.width, shown.height];
            copy.getContext('2d')?.drawImage(shown, 0, 0);
            resolve(copy);
        });
        map.triggerRepaint();
    });
}

const atRest = (map: MapLibre): Promise<unknown> =>
    Promise.race([map.once('idle'), new Promise((resolve) => setTimeout(resolve, MOST_WAIT_MS))]);

/** Takes the picture from there, behind a copy of what is on screen. */
export async function stillOf(map: MapLibre, sight: { box: Box; nearer: number } | null, padding: Padding): Promise<Still> {
    const cover = await nextFrame(map);
    cover.className = 'still';
    map.getContainer().append(cover);
    const [ratio, center, zoom] = [map.getPixelRatio(), map.getCenter(), map.getZoom()];
    const pixelRatio = Math.max(SHARP, ratio);
    try {
        if (sight) {
            const { left, right, top, bottom } = sight.box;
            const [from, to] = [map.unproject([left, bottom]), map.unproject([right, top])];
            const camera = map.cameraForBounds([from.lng, from.lat, to.lng, to.lat], { padding, maxZoom: zoom + sight.nearer });
            if (camera) map.jumpTo(camera);
        }
        if (pixelRatio !== ratio) map.setPixelRatio(pixelRatio);
        await atRest(map);
        return { canvas: await nextFrame(map), pixelRatio, zoom: map.getZoom() };
    } finally {
        if (pixelRatio !== ratio) map.setPixelRatio(ratio);
        map.jumpTo({ center, zoom });
        await atRest(map);
        cover.remove();
    }
}
