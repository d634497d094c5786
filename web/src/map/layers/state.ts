import type { ExpressionSpecification } from 'maplibre-gl';
import type { MapInputs } from './inputs';

/** Value when hovered, when selected, when another is selected, otherwise. */
export function byState(inputs: MapInputs, hover: number, chosen: number, other: number, plain: number): ExpressionSpecification {
    const selected: ExpressionSpecification | number =
        inputs.selected === null ? plain : ['case', ['==', ['id'], inputs.selected], chosen, other];
    return ['case', ['boolean', ['feature-state', 'hover'], false], hover, selected];
}
