import type { Feature, FeatureCollection } from 'geojson';

/** The area that is being drawn, corner by corner. */
export class Pen {
    corners = $state.raw<[number, number][]>([]);
    readonly canFinish = $derived(this.corners.length >= 3);

    /** What is drawn so far: the corners, and the line through them, closed once it can be. */
    readonly shape = $derived.by((): FeatureCollection => {
        const features: Feature[] = this.corners.map((at) => ({ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: at } }));
        const [first] = this.corners;
        if (this.corners.length > 1 && first) {
            const coordinates = this.canFinish ? [...this.corners, first] : this.corners;
            features.push({ type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates } });
        }
        return { type: 'FeatureCollection', features };
    });

    /** The second click of a double click marks the same corner again, which is none. */
    add({ lng, lat }: { lng: number; lat: number }): void {
        const last = this.corners.at(-1);
        if (last && last[0] === lng && last[1] === lat) return;
        this.corners = [...this.corners, [lng, lat]];
    }

    /** \returns the area, or null where there are too few corners for one; the pen is ready for the next. */
    lift(): [number, number][] | null {
        const ring = this.canFinish ? this.corners : null;
        this.corners = [];
        return ring;
    }

    drop(): void {
        this.corners = [];
    }
}
