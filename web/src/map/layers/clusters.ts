// The clusters: outlines where they can be read, circles where they are too small, names on both.
import type { ExpressionSpecification, FilterSpecification, LayerSpecification } from 'maplibre-gl';
import { TYPE_LOOKS, type BaseColours, type LineStyle } from '../colours';
import { outlineZoomExpression } from '../points';
import { bySide } from './anchors';
import { TEXT, TEXT_STRONG } from './fonts';
import { GATHERED_BELOW } from './gathered';
import type { MapInputs } from './inputs';

/** Where clusters are gathered further out, each is drawn by itself only from here on. */
const alone = (inputs: MapInputs): { minzoom?: number } => (inputs.gathered ? { minzoom: GATHERED_BELOW } : {});

/** Value when hovered, when selected, when another is selected, otherwise. */
function byState(inputs: MapInputs, hover: number, chosen: number, other: number, plain: number): ExpressionSpecification {
    const selected: ExpressionSpecification | number =
        inputs.selected === null ? plain : ['case', ['==', ['id'], inputs.selected], chosen, other];
    return ['case', ['boolean', ['feature-state', 'hover'], false], hover, selected];
}

const LINE_DASH: Partial<Record<LineStyle, number[]>> = { dashed: [4, 2.5], dotted: [1, 2] };

export function outlines(inputs: MapInputs, c: BaseColours): LayerSpecification[] {
    const source = { source: 'clusters', 'source-layer': 'clusters', minzoom: inputs.outlinesFrom } as const;
    const isTuned = inputs.tuned !== null;
    const shown: FilterSpecification = ['all', inputs.shown, ['>=', ['zoom'], outlineZoomExpression(inputs.latDeg)]] as FilterSpecification;
    const layers: LayerSpecification[] = [
        {
            id: 'clusters-fill',
            type: 'fill',
            ...source,
            filter: shown,
            paint: {
                // The lines draw the edge.
                'fill-antialias': false,
                'fill-color': inputs.colour,
                'fill-opacity': inputs.gathered
                    ? ['step', ['zoom'], 0.05, GATHERED_BELOW, byState(inputs, 0.28, 0.26, 0.05, 0.1)]
                    : isTuned
                      ? 0.02
                      : byState(inputs, 0.32, 0.26, 0.08, inputs.byType ? 0.18 : 0.5),
            },
        },
    ];
    for (const [type, look] of Object.entries(TYPE_LOOKS)) {
        const dash = LINE_DASH[look.line];
        layers.push({
            id: `clusters-line-${type}`,
            type: 'line',
            ...source,
            ...alone(inputs),
            filter: ['all', shown, ['==', ['get', 'type'], type]] as FilterSpecification,
            layout: { 'line-join': 'round' },
            paint: {
                'line-color': inputs.byType ? look[inputs.theme] : inputs.colour,
                'line-width': byState(inputs, 2.5, 2.5, look.line === 'double' ? 1 : 1.3, look.line === 'double' ? 1.1 : 1.5),
                'line-opacity': isTuned ? 0.45 : byState(inputs, 1, 0, 0.45, 1),
                ...(look.line === 'double' ? { 'line-gap-width': 2 } : {}),
                ...(dash || isTuned ? { 'line-dasharray': isTuned ? [2, 3] : (dash ?? [1]) } : {}),
            },
        });
    }
    if (inputs.selected !== null) {
        layers.push({
            id: 'clusters-selected',
            type: 'line',
            ...source,
            minzoom: 0,
            filter: ['==', ['id'], inputs.selected],
            layout: { 'line-join': 'round' },
            paint: { 'line-color': c.accent, 'line-width': 3 },
        });
    }
    return layers;
}

const bySize = (...stops: number[]): ExpressionSpecification =>
    ['interpolate', ['linear'], ['sqrt', ['get', 'enterprises']], ...stops] as unknown as ExpressionSpecification;

const RADIUS = bySize(3, 4, 10, 6, 30, 11, 70, 20);
const TOO_SMALL: FilterSpecification = ['<', ['zoom'], ['get', 'outline_zoom']];

/** The reader's own clusters, and the published ones as hollow ghosts behind them. */
export function tuned(inputs: MapInputs, c: BaseColours): LayerSpecification[] {
    if (!inputs.tuned) return [];
    return [
        { id: 'tuned-fill', type: 'fill', source: 'tuned', paint: { 'fill-color': c.accent, 'fill-opacity': 0.2 } },
        { id: 'tuned-line', type: 'line', source: 'tuned', paint: { 'line-color': c.accent, 'line-width': 1.8 } },
        {
            id: 'ghosts',
            type: 'circle',
            source: 'points',
            filter: TOO_SMALL,
            paint: {
                'circle-radius': RADIUS,
                'circle-opacity': 0,
                'circle-stroke-color': c.ink,
                'circle-stroke-width': 1,
                'circle-stroke-opacity': 0.5,
            },
        },
        {
            id: 'tuned-circle',
            type: 'circle',
            source: 'tuned-points',
            filter: TOO_SMALL,
            paint: {
                'circle-radius': RADIUS,
                'circle-color': c.accent,
                'circle-opacity': 0.4,
                'circle-stroke-color': c.accent,
                'circle-stroke-width': 1.4,
            },
        },
    ];
}

export function circles(inputs: MapInputs, c: BaseColours): LayerSpecification[] {
    if (inputs.tuned) return [];
    // With all sectors at once circles lie on each other: whole colours with a pale edge, where one sector's may shine through.
    const inSectors = inputs.sector === null;
    const edge = inSectors ? c.paper : inputs.colour;
    return [
        {
            id: 'clusters-circle',
            type: 'circle',
            source: 'points',
            ...alone(inputs),
            filter: TOO_SMALL,
            layout: { 'circle-sort-key': ['get', 'order'] },
            paint: {
                'circle-color': inputs.colour,
                'circle-radius': RADIUS,
                'circle-opacity': byState(inputs, inSectors ? 1 : 0.75, 0.8, 0.2, inSectors ? 0.9 : 0.45),
                'circle-stroke-color': inputs.selected === null ? edge : ['case', ['==', ['id'], inputs.selected], c.accent, edge],
                'circle-stroke-width': byState(inputs, 2.5, 3, 1, 1.4),
                'circle-stroke-opacity': byState(inputs, 1, 1, 0.4, 0.95),
            },
        },
    ];
}

/** A name stands beside its circle, but inside its outline. */
function name(inputs: MapInputs, c: BaseColours, isOutline: boolean, anchors: string[], side = '', where: FilterSpecification | null = null): LayerSpecification {
    const filter: FilterSpecification = isOutline ? ['>=', ['zoom'], ['get', 'outline_zoom']] : TOO_SMALL;
    return {
        id: isOutline ? 'clusters-name-inside' : `clusters-name${side}`,
        type: 'symbol',
        source: 'points',
        ...alone(inputs),
        filter: where ? ['all', filter, where] : filter,
        layout: {
            ...(isOutline ? {} : { 'text-radial-offset': bySize(3, 0.65, 10, 0.75, 30, 1.1, 70, 1.6) }),
            'text-field': [
                'case',
                ['==', ['get', 'second_line'], ''],
                ['get', 'name'],
                ['format', ['get', 'name'], {}, '\n', {}, ['get', 'second_line'], { 'font-scale': 0.86, 'text-font': ['literal', TEXT] }],
            ],
            'text-font': TEXT_STRONG,
            'text-size': bySize(3, 12, 25, 14, 60, 16),
            'text-max-width': 9,
            'text-line-height': 1.15,
            'symbol-sort-key': ['get', 'order'],
            'text-variable-anchor': anchors,
            'text-justify': 'auto',
            'text-padding': 4,
        },
        paint: {
            'text-color': c.ink,
            'text-halo-color': c.paper,
            'text-halo-width': 1.6,
            'text-opacity': inputs.selected === null ? 1 : ['case', ['==', ['id'], inputs.selected], 1, 0.55],
        },
    } as LayerSpecification;
}

/** Nothing to see: room kept for each circle, so that names stay off the circles. Without opacity no program is compiled for it. */
const circleRoom = (inputs: MapInputs, source: string): LayerSpecification => ({
    id: `${source}-room`,
    type: 'symbol',
    source,
    ...alone(inputs),
    filter: TOO_SMALL,
    layout: { 'icon-image': 'blank', 'icon-padding': bySize(3, 2, 10, 3, 30, 6, 70, 12), 'icon-allow-overlap': true },
    paint: { 'icon-opacity': 0 },
});

export function names(inputs: MapInputs, c: BaseColours): LayerSpecification[] {
    if (inputs.tuned) return [circleRoom(inputs, 'tuned-points')];
    const beside = bySide(inputs.sides, ['get', 'lon'], ['get', 'name'], 16, (anchors, side, filter) => name(inputs, c, false, anchors, side, filter));
    return [...beside, name(inputs, c, true, ['center', 'top', 'bottom']), circleRoom(inputs, 'points')];
}

/** Layers that answer to the pointer, topmost first. */
export const CLUSTER_LAYERS = ['gathered-ring', 'gathered-one', 'clusters-circle', 'clusters-fill'];
