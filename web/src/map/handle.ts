import type { Map as MapLibre } from 'maplibre-gl';
import type { Camera } from '../state/url';
import { boxRound, freeOf, isWithin, roomBeside, type Box, type Open, type Padding } from './room';
import { inSight, stillOf, type Still } from './still';

export type Bbox = readonly number[];

/** What a reader looks at: one thing's extent, or all that is shown, by places. */
export interface Sight {
    chosen: Bbox | null;
    shown: readonly (readonly number[])[];
}

/** Where on screen that is: the corners of the one, or the places of all. */
function pointsOf(map: MapLibre, { chosen, shown }: Sight): { x: number; y: number }[] {
    const [west = 0, south = 0, east = 0, north = 0] = chosen ?? [];
    const corners = chosen ? [[west, south], [east, north]] : shown;
    return corners.map(([lon = 0, lat = 0]) => map.project([lon, lat]));
}

/** What the rest of the page may ask of the map. Asked before the map is there, it is done when it is. */
export class MapHandle {
    #map: MapLibre | null = null;
    /** A picture is being taken: the map moves for it alone. */
    isTaking = false;
    #waiting: ((map: MapLibre) => void)[] = [];
    #open: Open = { panel: false, sheet: 'bar', settings: false, embed: false };
    /** Where the map was before something covered it, and where it went: there it goes back if nobody has moved it since. */
    #before: { camera: Camera; moved: Camera } | null = null;

    attach(map: MapLibre | null): void {
        this.#map = map;
        if (!map) return;
        for (const todo of this.#waiting.splice(0)) todo(map);
    }

    #do(todo: (map: MapLibre) => void): void {
        if (this.#map) todo(this.#map);
        else this.#waiting.push(todo);
    }

    fit(bbox: Bbox, maxZoom = 12): void {
        const [west, south, east, north] = bbox;
        if (west === undefined || south === undefined || east === undefined || north === undefined) return;
        this.#do((map) => {
            const padding = this.roomIn(map.getContainer());
            map.fitBounds([west, south, east, north], { padding, maxZoom, duration: 500 });
        });
    }

    /** What keeps clear of all that lies over a map in this element. */
    roomIn({ clientWidth, clientHeight }: HTMLElement, open = this.#open): Padding {
        const em = parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
        return roomBeside(open, clientWidth, clientHeight, { width: innerWidth, em });
    }

    /**
     * Something opens or closes over the map. What was in sight stays in sight: where the table or the settings now lie
     * over it, the map gives way, and comes back when they close. Panels bring what they are about into sight themselves.
     */
    cover(next: Open, sight: Sight): void {
        const last = this.#open;
        this.#open = next;
        const map = this.#map;
        if (!map || (last.sheet === next.sheet && last.settings === next.settings)) return;
        const element = map.getContainer();
        const [was, is] = [this.roomIn(element, last), this.roomIn(element, next)];
        if (is.bottom > was.bottom || is.left > was.left) this.#giveWay(map, sight, was, is);
        else this.#comeBack(map);
    }

    #giveWay(map: MapLibre, sight: Sight, was: Padding, is: Padding): void {
        const { clientWidth: width, clientHeight: height } = map.getContainer();
        const box: Box | null = boxRound(pointsOf(map, sight), freeOf(was, width, height));
        if (!box || isWithin(box, freeOf(is, width, height))) return;
        const { lng, lat } = map.getCenter();
        const camera = { lon: lng, lat, zoom: map.getZoom() };
        const [from, to] = [map.unproject([box.left, box.bottom]), map.unproject([box.right, box.top])];
        map.once('moveend', () => {
            const centre = map.getCenter();
            this.#before = { camera, moved: { lon: centre.lng, lat: centre.lat, zoom: map.getZoom() } };
        });
        map.fitBounds([from.lng, from.lat, to.lng, to.lat], { padding: is, maxZoom: camera.zoom, duration: 400 });
    }

    #comeBack(map: MapLibre): void {
        const before = this.#before;
        this.#before = null;
        if (!before) return;
        const { lng, lat } = map.getCenter();
        const { moved, camera } = before;
        const isWhereItWent = Math.abs(lng - moved.lon) + Math.abs(lat - moved.lat) < 1e-6 && Math.abs(map.getZoom() - moved.zoom) < 1e-6;
        if (isWhereItWent) map.easeTo({ center: [camera.lon, camera.lat], zoom: camera.zoom, duration: 400 });
    }

    fly(camera: Camera): void {
        this.#do((map) => {
            const padding = this.roomIn(map.getContainer());
            map.easeTo({ center: [camera.lon, camera.lat], zoom: camera.zoom, duration: 500, padding });
            // Padding given to easeTo would stay for good.
            map.once('moveend', () => map.setPadding({ top: 0, right: 0, bottom: 0, left: 0 }));
        });
    }

    /** Goes nearer to a place. */
    near(lon: number, lat: number, steps: number): void {
        this.#do((map) => this.fly({ lon, lat, zoom: map.getZoom() + steps }));
    }

    /** Goes there unless it can be seen already. */
    show(camera: Camera): void {
        this.#do((map) => {
            const { x, y } = map.project([camera.lon, camera.lat]);
            const { clientWidth: width, clientHeight: height } = map.getContainer();
            const free = freeOf(this.roomIn(map.getContainer()), width, height);
            const isSeen = isWithin({ left: x, right: x, top: y, bottom: y }, free) && map.getZoom() > camera.zoom - 3;
            if (!isSeen) this.fly(camera);
        });
    }

    /** The keys are the map's again. */
    focus(): void {
        this.#do((map) => map.getCanvas().focus());
    }

    zoomBy(step: number): void {
        this.#do((map) => map.easeTo({ zoom: map.getZoom() + step, duration: 200 }));
    }

    /** What is in sight, for the PNG. */
    async picture(sight: Sight): Promise<Still> {
        const map = await new Promise<MapLibre>((resolve) => this.#do(resolve));
        const element = map.getContainer();
        const { clientWidth: width, clientHeight: height } = element;
        const closed = this.roomIn(element, { ...this.#open, panel: false, sheet: 'bar', settings: false });
        this.isTaking = true;
        try {
            return await stillOf(map, inSight(pointsOf(map, sight), this.roomIn(element), closed, width, height), closed);
        } finally {
            this.isTaking = false;
        }
    }
}
