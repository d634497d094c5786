// The clusters: outlines where they can be read, circles where they are too small, names on both.
import type { ExpressionSpecification, FilterSpecification, LayerSpecification } from 'maplibre-gl';
import { FIGURE_OPACITY, TYPE_LOOKS, type BaseColours, type LineStyle } from '../colours';
import { ALL_APART_FROM } from '../gathered';
import { outlineZoomExpression } from '../points';
import { TEXT, TEXT_STRONG } from './fonts';
import type { MapInputs } from './inputs';
import { byState } from './state';

/** With all sectors each is drawn by itself only from here on. */
const alone = (inputs: MapInputs): { minzoom?: number } => (inputs.gathered?.isOfAll ? { minzoom: ALL_APART_FROM } : {});

const LINE_DASH: Partial<Record<LineStyle, number[]>> = { dashed: [4, 2.5], dotted: [1, 2] };

/** Those shown whose outline can be read. */
export const readable = (inputs: MapInputs): FilterSpecification =>
    ['all', inputs.shown, ['>=', ['zoom'], outlineZoomExpression(inputs.latDeg)]] as FilterSpecification;

export function outlines(inputs: MapInputs, c: BaseColours): LayerSpecification[] {
    // Beside the reader's own they are ghosts (layers/tuned.ts).
    if (inputs.tuned) return [];
    const source = { source: 'clusters', 'source-layer': 'clusters', minzoom: inputs.outlinesFrom } as const;
    const shown = readable(inputs);
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
                'fill-opacity': inputs.gathered?.isOfAll
                    ? ['step', ['zoom'], 0.05, ALL_APART_FROM, byState(inputs, 0.28, 0.26, 0.05, 0.1)]
                    : byState(inputs, 0.32, 0.26, 0.08, inputs.byType ? 0.18 : FIGURE_OPACITY),
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
                'line-opacity': byState(inputs, 1, 0, 0.45, 1),
                ...(look.line === 'double' ? { 'line-gap-width': 2 } : {}),
                ...(dash ? { 'line-dasharray': dash } : {}),
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

/** A name stands inside its outline; those of circles stand beside them (layers/gathered.ts). */
function name(inputs: MapInputs, c: BaseColours): LayerSpecification {
    return {
        id: 'clusters-name-inside',
        type: 'symbol',
        source: 'points',
        ...alone(inputs),
        filter: ['>=', ['zoom'], ['get', 'outline_zoom']],
        layout: {
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
            'text-variable-anchor': ['center', 'top', 'bottom'],
            'text-justify': 'auto',
            'text-padding': 4,
        },
        paint: {
            'text-color': c.ink,
            'text-halo-color': c.paper,
            'text-halo-width': 1.6,
            'text-opacity': inputs.selected === null ? 1 : ['case', ['==', ['id'], inputs.selected], 1, 0.55],
        },
    };
}

export const names = (inputs: MapInputs, c: BaseColours): LayerSpecification[] => (inputs.tuned ? [] : [name(inputs, c)]);

/** Layers that answer to the pointer, topmost first. */
export const CLUSTER_LAYERS = ['gathered-ring', 'gathered-one', 'clusters-fill'];
