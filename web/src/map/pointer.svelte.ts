import type { Map as MapLibre, MapGeoJSONFeature, MapMouseEvent } from 'maplibre-gl';
import type { ClusterRef } from '../api/types';
import { CLUSTER_LAYERS } from './layers/clusters';

/** What the pointer is on. */
export interface Card {
    x: number;
    y: number;
    /** Largest first. */
    clusters: ClusterRef[];
    /** The firm's or the institution's name. */
    text: string | null;
}

/** A place that was clicked, on the screen and on the ground. */
export interface Spot {
    x: number;
    y: number;
    lon: number;
    lat: number;
    /** The name of the ring that was clicked, empty where it bears none; a ring's clusters lie around it. */
    ring?: string;
}

export interface Openers {
    onopen: (clusters: ClusterRef[], at: Spot) => void;
    onfirm: (companyNumber: string) => void;
    oninstitution: (assetId: number) => void;
}

const POINT_LAYERS = ['institutions', 'firms'];

/** Follows the pointer over the map: lights up what it is on, tells it in a card, and opens it with a click. */
export class Pointer {
    card = $state.raw<Card | null>(null);
    #lit = new Set<number>();

    /** \param clusters those shown, by id; \param rings the clusters of each ring, by its number */
    constructor(
        private readonly map: MapLibre,
        private readonly clusters: () => ReadonlyMap<number, ClusterRef>,
        private readonly rings: () => ReadonlyMap<number, readonly number[]> | null,
        private readonly openers: Openers,
    ) {}

    light(ids: Iterable<number>): void {
        const next = new Set(ids);
        const set = (id: number, hover: boolean): void => {
            this.map.setFeatureState({ source: 'clusters', sourceLayer: 'clusters', id }, { hover });
            for (const source of ['points', 'gathered']) if (this.map.getSource(source)) this.map.setFeatureState({ source, id }, { hover });
        };
        for (const id of this.#lit) if (!next.has(id)) set(id, false);
        for (const id of next) if (!this.#lit.has(id)) set(id, true);
        this.#lit = next;
    }

    leave(): void {
        this.light([]);
        this.card = null;
    }

    move({ point }: MapMouseEvent): void {
        const mark = this.#at(point, POINT_LAYERS)[0];
        const text = mark ? String(mark.properties['name'] ?? '') || null : null;
        const { clusters } = this.#clustersAt(point);
        // A ring's clusters lie elsewhere than the pointer: lighting up hundreds of them says nothing.
        this.light(clusters.slice(0, 20).map((cluster) => cluster.cluster_id));
        const isOn = clusters.length > 0 || text !== null;
        this.map.getCanvas().style.cursor = isOn ? 'pointer' : '';
        this.card = isOn ? { x: point.x, y: point.y, clusters, text } : null;
    }

    click({ point, lngLat }: MapMouseEvent): void {
        this.card = null;
        const mark = this.#at(point, POINT_LAYERS)[0];
        if (mark?.layer.id === 'institutions') return this.openers.oninstitution(Number(mark.id));
        const number: unknown = mark?.properties['company_number'];
        if (number) return this.openers.onfirm(String(number));
        const { clusters, ring } = this.#clustersAt(point);
        if (clusters.length > 0) this.openers.onopen(clusters, { x: point.x, y: point.y, lon: lngLat.lng, lat: lngLat.lat, ...(ring === null ? {} : { ring }) });
    }

    #at(point: MapMouseEvent['point'], layers: string[]): MapGeoJSONFeature[] {
        return this.map.queryRenderedFeatures(point, { layers: layers.filter((name) => this.map.getLayer(name)) });
    }

    /** The clusters at a point of the screen, each once, largest first; a ring's are all that it gathers. */
    #clustersAt(point: MapMouseEvent['point']): { clusters: ClusterRef[]; ring: string | null } {
        const features = this.#at(point, CLUSTER_LAYERS);
        const ring = features.find((feature) => feature.properties['ring'] !== undefined);
        const ids = ring ? (this.rings()?.get(Number(ring.properties['ring'])) ?? []) : features.map((feature) => Number(feature.id));
        const clusters = [...new Set(ids)]
            .flatMap((id) => this.clusters().get(id) ?? [])
            .sort((a, b) => b.enterprise_count - a.enterprise_count);
        return { clusters, ring: ring ? String(ring.properties['name'] ?? '') : null };
    }
}
