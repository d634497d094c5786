// The reader's own clusters beside the published ones, as marks: filled and hollow, one inside the other where they agree, and
// rings that count both where many lie together.
import type { Feature, FeatureCollection, Point } from 'geojson';
import type { ClusterRow } from '../api/types';
import type { Theme } from '../state/theme.svelte';
import { BASE } from './colours';
import { gather, GATHER_FROM, type GatherPoint } from './gather';
import { circleRadius, outlineZoom } from './points';
import { ringImageName, ringRadius } from './rings';

interface Side extends GatherPoint {
    isOwn: boolean;
    enterprises: number;
}

/** A ring has room for two counts, each about half of all. */
const [EDGE_PX, DIGIT_PX] = [7, 3.2] as const;
const radiusOf = (count: number): number => {
    const digits = String(Math.ceil(Math.min(count, 99_999) / 2)).length;
    return Math.max(ringRadius(count), EDGE_PX + (2 * digits + 1) * DIGIT_PX);
};

function own({ geometry, properties }: Feature<Point>): Side {
    const [lon = 0, lat = 0] = geometry.coordinates;
    const enterprises = Number(properties?.['enterprises'] ?? 0);
    return { lon, lat, isOwn: true, enterprises, radiusPx: circleRadius(enterprises), below: Number(properties?.['outline_zoom'] ?? 24) };
}

function published(row: ClusterRow, latDeg: number): Side {
    const [lon = 0, lat = 0] = row.label;
    return { lon, lat, isOwn: false, enterprises: row.enterprise_count, radiusPx: circleRadius(row.enterprise_count), below: outlineZoom(row.extent_km, latDeg) };
}

/**
 * The marks of each zoom: `kind` is "own", "published", "both" (one of each at one place) or "ring" (more than that).
 * \param points the reader's own clusters, as tunedPoints makes them
 */
export function tunedMarks(points: FeatureCollection<Point>, rows: readonly ClusterRow[], theme: Theme, latDeg: number): FeatureCollection<Point> {
    const sides = [...points.features.map(own), ...rows.map((row) => published(row, latDeg))].sort((a, b) => b.enterprises - a.enterprises);
    const { accent, ink } = BASE[theme];
    const levels = gather(sides, { gapPx: () => 0, ringRadiusPx: radiusOf });
    const features = levels.flatMap((marks, level) =>
        marks.map((mark): Feature<Point> => {
            const lead = sides[mark[0] ?? 0];
            const owned = mark.filter((i) => sides[i]?.isOwn).length;
            const counts = [owned, mark.length - owned] as const;
            const kind = counts[0] > 1 || counts[1] > 1 ? 'ring' : counts[0] === counts[1] ? 'both' : counts[0] === 1 ? 'own' : 'published';
            const radius = kind === 'ring' ? radiusOf(mark.length) : (lead?.radiusPx ?? 4);
            const ring = kind === 'ring' ? { image: ringImageName(theme, [accent, ink], counts, radius), counts: counts.map((n) => n.toLocaleString('en-GB')).join('/') } : {};
            return { type: 'Feature', geometry: { type: 'Point', coordinates: [lead?.lon ?? 0, lead?.lat ?? 0] }, properties: { zoom: level + GATHER_FROM, kind, radius, ...ring } };
        }),
    );
    return { type: 'FeatureCollection', features };
}
