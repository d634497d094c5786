import type { Map as MapLibre } from 'maplibre-gl';
import type { Camera } from '../state/url';
import { roomBeside, type Open, type Padding } from './room';

export type Bbox = readonly number[];

/** What the rest of the page may ask of the map. Asked before the map is there, it is done when it is. */
export class MapHandle {
    #map: MapLibre | null = null;
    #waiting: ((map: MapLibre) => void)[] = [];
    open: Open = { panel: false, sheet: 'bar', settings: false };

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
    roomIn({ clientWidth, clientHeight }: HTMLElement): Padding {
        return roomBeside(this.open, clientWidth, clientHeight, innerWidth);
    }

    fly(camera: Camera): void {
        this.#do((map) => {
            const padding = this.roomIn(map.getContainer());
            map.easeTo({ center: [camera.lon, camera.lat], zoom: camera.zoom, duration: 500, padding });
            // Padding given to easeTo would stay for good.
            map.once('moveend', () => map.setPadding({ top: 0, right: 0, bottom: 0, left: 0 }));
        });
    }

    /** Goes there unless it can be seen already. */
    show(camera: Camera): void {
        this.#do((map) => {
            const { x, y } = map.project([camera.lon, camera.lat]);
            const { clientWidth: width, clientHeight: height } = map.getContainer();
            const { top, right, bottom, left } = this.roomIn(map.getContainer());
            const isSeen = x > left && x < width - right && y > top && y < height - bottom && map.getZoom() > camera.zoom - 3;
            if (!isSeen) this.fly(camera);
        });
    }

    zoomBy(step: number): void {
        this.#do((map) => map.easeTo({ zoom: map.getZoom() + step, duration: 200 }));
    }

    /** The picture on screen, for the PNG. */
    picture(): Promise<HTMLCanvasElement> {
        return new Promise((resolve) =>
            this.#do((map) => {
                map.once('render', () => resolve(map.getCanvas()));
                map.triggerRepaint();
            }),
        );
    }
}
