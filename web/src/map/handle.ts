import type { Map as MapLibre } from 'maplibre-gl';
import type { Camera } from '../state/url';

export type Bbox = readonly number[];

export interface Padding {
    top: number;
    right: number;
    bottom: number;
    left: number;
}

/** What the rest of the page may ask of the map. Asked before the map is there, it is done when it is. */
export class MapHandle {
    #map: MapLibre | null = null;
    #waiting: ((map: MapLibre) => void)[] = [];
    padding: Padding = { top: 40, right: 40, bottom: 40, left: 40 };

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
            const padding = this.#roomFor(map);
            map.fitBounds([west, south, east, north], { padding, maxZoom, duration: 500 });
        });
    }

    /** Padding that would leave no map is given up: a small window then centres plainly. */
    #roomFor(map: MapLibre): Padding {
        const { clientWidth: width, clientHeight: height } = map.getContainer();
        const { top, right, bottom, left } = this.padding;
        const fits = left + right < width - 80 && top + bottom < height - 80;
        return fits ? this.padding : { top: 16, right: 16, bottom: 16, left: 16 };
    }

    fly(camera: Camera): void {
        this.#do((map) => {
            const padding = this.#roomFor(map);
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
            const { top, right, bottom, left } = this.#roomFor(map);
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
