// The reader's own clusters, and the published ones as ghosts that are seen through them.
import type { ExpressionSpecification, FilterSpecification, LayerSpecification } from 'maplibre-gl';
import type { BaseColours } from '../colours';
import { readable } from './clusters';
import { TEXT_STRONG } from './fonts';
import type { MapInputs } from './inputs';

const ofKinds = (...kinds: string[]): FilterSpecification =>
    ['all', ['==', ['get', 'zoom'], ['zoom']], ['in', ['get', 'kind'], ['literal', kinds]]] as unknown as FilterSpecification;

/** A hollow circle keeps clear of the filled one it lies round. */
const GHOST_RADIUS: ExpressionSpecification = ['+', ['get', 'radius'], ['match', ['get', 'kind'], 'both', 3, 0]];

/** Where both have the same outline, the dashes of the one lie on the broad line of the other. */
export function tunedOutlines(inputs: MapInputs, c: BaseColours): LayerSpecification[] {
    if (!inputs.tuned) return [];
    return [
        { id: 'tuned-fill', type: 'fill', source: 'tuned', paint: { 'fill-color': c.accent, 'fill-opacity': 0.16 } },
        { id: 'tuned-line', type: 'line', source: 'tuned', layout: { 'line-join': 'round' }, paint: { 'line-color': c.accent, 'line-width': 3.5, 'line-opacity': 0.75 } },
        {
            id: 'ghost-line',
            type: 'line',
            source: 'clusters',
            'source-layer': 'clusters',
            minzoom: inputs.outlinesFrom,
            filter: readable(inputs),
            layout: { 'line-join': 'round' },
            paint: { 'line-color': c.ink, 'line-width': 1.3, 'line-dasharray': [3, 2.5] },
        },
    ];
}

export function tunedMarks(inputs: MapInputs, c: BaseColours): LayerSpecification[] {
    if (!inputs.tuned) return [];
    return [
        {
            id: 'tuned-one',
            type: 'circle',
            source: 'tuned-marks',
            filter: ofKinds('own', 'both'),
            paint: { 'circle-radius': ['get', 'radius'], 'circle-color': c.accent, 'circle-opacity': 0.75 },
        },
        {
            id: 'ghost-one',
            type: 'circle',
            source: 'tuned-marks',
            filter: ofKinds('published', 'both'),
            paint: { 'circle-radius': GHOST_RADIUS, 'circle-opacity': 0, 'circle-stroke-color': c.ink, 'circle-stroke-width': 1.3 },
        },
        {
            id: 'tuned-ring',
            type: 'symbol',
            source: 'tuned-marks',
            filter: ofKinds('ring'),
            layout: {
                'icon-image': ['get', 'image'],
                'icon-padding': 0,
                'icon-allow-overlap': true,
                'text-field': ['get', 'counts'],
                'text-font': TEXT_STRONG,
                'text-size': 11,
                'text-allow-overlap': true,
            },
            paint: { 'text-color': c.ink },
        },
    ];
}
