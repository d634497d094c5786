// Clusters too small for an outline: circles, and rings where several would lie on each other, with one name a mark.
// Which mark is shown at which zoom is worked out beforehand (map/gathered.ts).
import type { ExpressionSpecification, FilterSpecification, LayerSpecification } from 'maplibre-gl';
import type { BaseColours } from '../colours';
import { bySide, type Anchor } from './anchors';
import { TEXT_STRONG } from './fonts';
import type { MapInputs } from './inputs';
import { byState } from './state';

const isRing: ExpressionSpecification = ['has', 'ring'];
/** A mark is of one whole zoom, which is that of the tile it is in. */
const isOfZoom: FilterSpecification = ['==', ['get', 'zoom'], ['zoom']] as unknown as FilterSpecification;
const of = (...others: FilterSpecification[]): FilterSpecification => ['all', isOfZoom, ...others] as FilterSpecification;
const bySize = (...stops: number[]): ExpressionSpecification =>
    ['interpolate', ['linear'], ['get', 'radius'], ...stops] as unknown as ExpressionSpecification;

/** By a circle's radius: how far its name begins from its middle, in the name's own ems; at a corner along the diagonal. */
const ASIDE_OF_CIRCLE = [[4, 0.6], [12, 1.15], [24, 1.9]] as const;
/** By a ring's radius: how far a name beside it, and one above or below, begins from its middle: clear of the square that keeps names off. */
const ASIDE_OF_RING = [[4, 0.6, 0.75], [12, 1.15, 1.35], [24, 1.9, 2.25]] as const;

/** From the middle of a mark to a name that is held at `anchor`: right and down. */
const away = (anchor: Anchor, right: number, down: number): [number, number] => [
    anchor.endsWith('left') ? right : anchor.endsWith('right') ? -right : 0,
    anchor.startsWith('top') ? down : anchor.startsWith('bottom') ? -down : 0,
];
const isCorner = (anchor: Anchor): boolean => anchor.includes('-');
const places = (anchors: Anchor[], place: (anchor: Anchor) => [number, number]): unknown => ['literal', anchors.flatMap((anchor) => [anchor, place(anchor)])];

function namePlaces(anchors: Anchor[]): ExpressionSpecification {
    // Beside a ring before above and below: a wide mark keeps more names off there.
    const isLevel = (anchor: Anchor): number => Number(anchor === 'left' || anchor === 'right');
    const ofRing = [...anchors].sort((a, b) => isLevel(b) - isLevel(a));
    const byRadius = (...stops: unknown[]): unknown => ['interpolate', ['linear'], ['get', 'radius'], ...stops];
    const diagonal = (anchor: Anchor, aside: number): number => (isCorner(anchor) ? aside * Math.SQRT1_2 : aside);
    return [
        'case',
        isRing,
        byRadius(...ASIDE_OF_RING.flatMap(([radius, beside, above]) => [radius, places(ofRing, (anchor) => away(anchor, isCorner(anchor) ? 0 : beside, above))])),
        byRadius(...ASIDE_OF_CIRCLE.flatMap(([radius, aside]) => [radius, places(anchors, (anchor) => away(anchor, diagonal(anchor, aside), diagonal(anchor, aside)))])),
    ] as unknown as ExpressionSpecification;
}

/** The names beside the marks. */
export function gatheredNames(inputs: MapInputs, c: BaseColours): LayerSpecification[] {
    if (!inputs.gathered) return [];
    return bySide(inputs.sides, ['get', 'lon'], ['get', 'name'], 24, (anchors, side, filter) => ({
        id: `gathered-name${side}`,
        type: 'symbol',
        source: 'gathered',
        filter: of(...(filter ? [filter] : [])),
        layout: {
            'text-field': ['get', 'name'],
            'text-font': TEXT_STRONG,
            'text-size': bySize(4, 12, 12, 13, 24, 14),
            'text-max-width': 9,
            'text-line-height': 1.15,
            'text-variable-anchor-offset': namePlaces(anchors),
            'text-justify': 'auto',
            'text-padding': 1,
            'symbol-sort-key': ['get', 'order'],
        },
        paint: {
            'text-color': c.ink,
            'text-halo-color': c.paper,
            'text-halo-width': 1.6,
            'text-opacity': inputs.selected === null ? 1 : ['case', ['==', ['id'], inputs.selected], 1, 0.6],
        },
    }));
}

/** Circles of one sector shine through a little; with all of them colours are whole, with a pale edge. */
function circle(inputs: MapInputs, c: BaseColours, isOfAll: boolean): LayerSpecification {
    const own: ExpressionSpecification = ['to-color', ['get', 'colour']];
    const edge = isOfAll ? c.paper : own;
    return {
        id: 'gathered-one',
        type: 'circle',
        source: 'gathered',
        filter: of(['!', isRing]),
        layout: { 'circle-sort-key': ['-', ['get', 'order']] },
        paint: {
            'circle-color': own,
            'circle-radius': ['get', 'radius'],
            'circle-opacity': byState(inputs, isOfAll ? 1 : 0.75, 0.8, isOfAll ? 0.5 : 0.2, isOfAll ? 0.9 : 0.45),
            'circle-stroke-color': inputs.selected === null ? edge : ['case', ['==', ['id'], inputs.selected], c.accent, edge],
            'circle-stroke-width': byState(inputs, 2.5, 3, 1, 1.4),
            'circle-stroke-opacity': byState(inputs, 1, 1, 0.4, 0.95),
        },
    };
}

/** The rings; where there is a circle, only its room, so that names stay off it. */
const rings = (inputs: MapInputs, c: BaseColours): LayerSpecification => ({
    id: 'gathered-ring',
    type: 'symbol',
    source: 'gathered',
    filter: isOfZoom,
    layout: {
        'icon-image': ['case', isRing, ['get', 'image'], 'blank'],
        // A circle is no icon: its room is told as padding.
        'icon-padding': ['case', isRing, ['literal', [0]], ['literal', [4]]],
        'icon-allow-overlap': true,
        'text-field': ['case', isRing, ['number-format', ['get', 'count'], { locale: 'en-GB' }], ''],
        'text-font': TEXT_STRONG,
        'text-size': bySize(8, 11, 16, 12, 24, 13),
        'text-allow-overlap': true,
        'symbol-sort-key': ['-', ['get', 'order']],
    },
    paint: { 'text-color': c.ink, 'icon-opacity': inputs.selected === null ? 1 : 0.6 },
});

/** The selected cluster at its own place, where a ring may stand for it. */
function selected({ selected: id }: MapInputs, c: BaseColours): LayerSpecification[] {
    if (id === null) return [];
    return [
        {
            id: 'gathered-selected',
            type: 'circle',
            source: 'points',
            filter: ['all', ['==', ['id'], id], ['<', ['zoom'], ['get', 'outline_zoom']]],
            paint: { 'circle-color': c.accent, 'circle-radius': 5, 'circle-stroke-color': c.paper, 'circle-stroke-width': 2 },
        },
    ];
}

export function gathered(inputs: MapInputs, c: BaseColours): LayerSpecification[] {
    if (!inputs.gathered) return [];
    return [circle(inputs, c, inputs.gathered.isOfAll), rings(inputs, c), ...selected(inputs, c)];
}
