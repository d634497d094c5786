// All sectors at once: clusters that lie close together are gathered in rings, one name a place, until the map is near
// enough for their outlines. The source and its layers are there only while all sectors are shown.
import type { ExpressionSpecification, LayerSpecification, SourceSpecification } from 'maplibre-gl';
import type { BaseColours } from '../colours';
import { LEAD_LON, LEAD_PLACE } from '../points';
import { RING_COLOURS, ringExpression } from '../rings';
import { bySide } from './anchors';
import { TEXT_STRONG } from './fonts';
import type { MapInputs } from './inputs';

/** From this zoom on each cluster is drawn by itself. */
export const GATHERED_BELOW = 11;
const RADIUS_PX = 34;

/** Of the rings; the rest are clusters by themselves. */
const isRing: ExpressionSpecification = ['has', 'point_count'];

export function gatheredSource({ gathered }: MapInputs): SourceSpecification | null {
    if (!gathered) return null;
    const parts = Array.from({ length: RING_COLOURS }, (_, i) => [`part-${i}`, ['+', ['case', ['==', ['get', 'colour'], i], 1, 0]]]);
    // A ring bears the name of its strongest cluster: the least of `lead`.
    const [old, next] = [['to-string', ['accumulated']], ['to-string', ['get', 'lead']]];
    return {
        type: 'geojson',
        data: gathered.points,
        cluster: true,
        clusterRadius: RADIUS_PX,
        clusterMaxZoom: GATHERED_BELOW - 1,
        clusterProperties: { ...Object.fromEntries(parts), lead: [['case', ['<', old, next], old, next], ['get', 'lead']] },
    } as SourceSpecification;
}

const byCount = (...stops: number[]): ExpressionSpecification =>
    ['interpolate', ['linear'], ['log2', ['coalesce', ['get', 'point_count'], 1]], ...stops] as unknown as ExpressionSpecification;

function names(inputs: MapInputs, c: BaseColours): LayerSpecification[] {
    const lon: ExpressionSpecification = ['to-number', ['slice', ['get', 'lead'], LEAD_LON, LEAD_PLACE]];
    const place: ExpressionSpecification = ['slice', ['get', 'lead'], LEAD_PLACE];
    return bySide(inputs.sides, lon, place, 30, (anchors, side, filter) => ({
        id: `gathered-name${side}`,
        type: 'symbol',
        source: 'gathered',
        maxzoom: GATHERED_BELOW,
        ...(filter ? { filter } : {}),
        layout: {
            'text-field': place,
            'text-font': TEXT_STRONG,
            'text-size': byCount(0, 12, 3, 13, 8, 15),
            'text-max-width': 9,
            'text-line-height': 1.15,
            'text-radial-offset': byCount(0, 0.9, 1, 1.45, 3, 1.62, 8, 1.95),
            'text-variable-anchor': anchors,
            'text-justify': 'auto',
            'text-padding': 3,
            'symbol-sort-key': ['-', ['coalesce', ['get', 'point_count'], 1]],
        },
        paint: { 'text-color': c.ink, 'text-halo-color': c.paper, 'text-halo-width': 1.6, 'text-opacity': inputs.selected === null ? 1 : 0.6 },
    }));
}

export function gathered(inputs: MapInputs, c: BaseColours): LayerSpecification[] {
    if (!inputs.gathered) return [];
    const [first = c.inkQuiet, ...others] = inputs.gathered.colours;
    // As long as the figures are awaited there is one colour only, and nothing to match.
    const one = others.length === 0
        ? first
        : (['match', ['get', 'colour'], ...others.flatMap((colour, i) => [i + 1, colour]), first] as unknown as ExpressionSpecification);
    const layers: LayerSpecification[] = [
        ...names(inputs, c),
        {
            id: 'gathered-one',
            type: 'circle',
            source: 'gathered',
            maxzoom: GATHERED_BELOW,
            filter: ['!', isRing],
            paint: { 'circle-color': one, 'circle-radius': 5.5, 'circle-stroke-color': c.paper, 'circle-stroke-width': 1.4 },
        },
        {
            id: 'gathered-ring',
            type: 'symbol',
            source: 'gathered',
            maxzoom: GATHERED_BELOW,
            layout: {
                // One by itself only keeps its room: names stay off its circle.
                'icon-image': ['case', isRing, ringExpression(inputs.theme, inputs.gathered.colours), 'blank'],
                'icon-padding': ['case', isRing, ['literal', [0]], ['literal', [6]]],
                'icon-allow-overlap': true,
                'text-field': ['case', isRing, ['to-string', ['get', 'point_count']], ''],
                'text-font': TEXT_STRONG,
                'text-size': byCount(1, 11, 5, 13, 9, 14),
                'text-allow-overlap': true,
                // One by itself has no count, and a key must be a number.
                'symbol-sort-key': ['coalesce', ['get', 'point_count'], 1],
            },
            paint: { 'text-color': c.ink },
        },
    ];
    if (inputs.selected !== null) {
        layers.push({
            id: 'gathered-selected',
            type: 'circle',
            source: 'points',
            maxzoom: GATHERED_BELOW,
            filter: ['==', ['id'], inputs.selected],
            paint: { 'circle-color': c.accent, 'circle-radius': 7, 'circle-stroke-color': c.paper, 'circle-stroke-width': 2 },
        });
    }
    return layers;
}
