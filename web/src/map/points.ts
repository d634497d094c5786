import type { Feature, FeatureCollection, Point } from 'geojson';
import type { ExpressionSpecification } from 'maplibre-gl';
import type { ClusterRef } from '../api/types';
import { along, type Stops } from './stops';

const EQUATOR_M = 40_075_016.686;
const TILE_PX = 512;
/** Below this size on screen an outline cannot be read, and a circle stands for it. */
const SMALLEST_OUTLINE_PX = 24;

/** The zoom at which one kilometre fills the smallest outline. */
const kilometreZoom = (latDeg: number): number =>
    Math.log2((SMALLEST_OUTLINE_PX * EQUATOR_M * Math.cos((latDeg * Math.PI) / 180)) / (1000 * TILE_PX));

/** The zoom from which something of this extent is at least 24 px wide on screen; 0–24. */
export function outlineZoom(extentKm: number, latDeg: number): number {
    if (extentKm <= 0) return 24;
    return Math.min(Math.max(kilometreZoom(latDeg) - Math.log2(extentKm), 0), 24);
}

/** The whole zoom from which the first of these can be read as an outline. */
export const outlinesFrom = (points: FeatureCollection<Point>): number =>
    Math.floor(Math.min(24, ...points.features.map(({ properties }) => Number(properties?.['outline_zoom'] ?? 24))));

/** The same for the clusters of the tiles, so that each is a circle or an outline and never both. */
export function outlineZoomExpression(latDeg: number): ExpressionSpecification {
    return ['-', kilometreZoom(latDeg), ['log2', ['max', 0.001, ['coalesce', ['get', 'extent_km'], 1e6]]]];
}

type Located = ClusterRef & { extent_km?: number };

/** One point a cluster, where its label stands, in the order given. */
function labelPoints<T extends Located>(
    clusters: readonly T[],
    propertiesOf: (cluster: T, order: number, lonDeg: number) => Record<string, unknown>,
): FeatureCollection<Point> {
    const features = clusters.map((cluster, order): Feature<Point> => {
        const [lon, lat] = [cluster.label[0] ?? 0, cluster.label[1] ?? 0];
        return {
            type: 'Feature',
            id: cluster.cluster_id,
            geometry: { type: 'Point', coordinates: [lon, lat] },
            properties: { type: cluster.type, sector: cluster.sector.slug, ...propertiesOf(cluster, order, lon) },
        };
    });
    return { type: 'FeatureCollection', features };
}

/** How large a circle is, by the square root of the enterprises it stands for. */
export const CIRCLE_STOPS: Stops = [[3, 4], [10, 6], [30, 11], [70, 20]];
export const circleRadius = (enterprises: number): number => along(CIRCLE_STOPS, Math.sqrt(enterprises));

/** For a cluster's circle and its name; the largest first, which is who wins a place for its label. */
export function clusterPoints(
    clusters: readonly Located[],
    withSector: boolean,
    latDeg: number,
): FeatureCollection<Point> {
    return labelPoints(clusters, (cluster, order, lon) => ({
        slug: cluster.slug,
        name: cluster.name,
        second_line: withSector ? cluster.sector.name : '',
        enterprises: cluster.enterprise_count,
        order,
        lon,
        outline_zoom: outlineZoom(cluster.extent_km ?? 5, latDeg),
    }));
}

/** A point for each outline of a re-clustering, with what circles need. */
export function tunedPoints(outlines: FeatureCollection, latDeg: number): FeatureCollection<Point> {
    const features = outlines.features.flatMap(({ properties }): Feature<Point>[] => {
        const label: unknown = properties?.['label'];
        if (!Array.isArray(label)) return [];
        const extentKm = 1.3 * Math.sqrt(Number(properties?.['area_km2'] ?? 0));
        return [
            {
                type: 'Feature',
                geometry: { type: 'Point', coordinates: label.map(Number) },
                properties: { enterprises: Number(properties?.['enterprises'] ?? 0), outline_zoom: outlineZoom(extentKm, latDeg) },
            },
        ];
    });
    return { type: 'FeatureCollection', features };
}

/** The places that clusters' names are made of: "Sheffield and Rotherham" is two. */
export function namedPlaces(clusters: readonly { name: string }[]): string[] {
    return [...new Set(clusters.flatMap(({ name }) => name.split(/, | and /)))];
}

/** A circle on the ground as a ring of `steps` corners (closed). */
export function groundCircle(lon: number, lat: number, km: number, steps = 64): [number, number][] {
    const latStep = (km / 6371.0088) * (180 / Math.PI);
    const lonStep = latStep / Math.cos((lat * Math.PI) / 180);
    return Array.from({ length: steps + 1 }, (_, i) => {
        const angle = (i % steps) * ((2 * Math.PI) / steps);
        return [lon + lonStep * Math.cos(angle), lat + latStep * Math.sin(angle)];
    });
}

/** A gentle arc between two places, in plain degrees: enough for links within a country. */
export function arc(from: [number, number], to: [number, number], steps = 48): [number, number][] {
    const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
    const control = [(from[0] + to[0]) / 2 - dy * 0.18, (from[1] + to[1]) / 2 + dx * 0.18] as const;
    return Array.from({ length: steps + 1 }, (_, i) => {
        const t = i / steps;
        const at = (a: number, c: number, b: number): number => (1 - t) ** 2 * a + 2 * (1 - t) * t * c + t * t * b;
        return [at(from[0], control[0], to[0]), at(from[1], control[1], to[1])];
    });
}
