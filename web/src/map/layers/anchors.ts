// On which side of its point a name may stand.
import type { ExpressionSpecification, FilterSpecification, LayerSpecification } from 'maplibre-gl';
import type { Sides } from './inputs';

export type Anchor = 'center' | 'top' | 'bottom' | 'left' | 'right' | 'top-left' | 'top-right' | 'bottom-left' | 'bottom-right';

const BESIDE: Anchor[] = ['top', 'bottom', 'left', 'right', 'top-left', 'top-right', 'bottom-left', 'bottom-right'];
const INWARD_FROM_WEST: Anchor[] = ['left', 'top-left', 'bottom-left'];
const INWARD_FROM_EAST: Anchor[] = ['right', 'top-right', 'bottom-right'];

/** How wide a letter of a name is, in the larger sizes, and how wide a line of a name gets. */
const [LETTER_PX, LINE_PX] = [7.6, 112] as const;

/**
 * A layer of names beside their points; where the window is narrow, three of them, so that a name that would be cut off by
 * the window's edge stands on the inner side of its point.
 * \param lon the longitude of a name's point
 * \param text the name
 * \param besidePx how far from its point a name begins
 * \param make makes the layer of these anchors; `side` tells their ids apart, `filter` is null for all names
 */
export function bySide(
    sides: Sides | null,
    lon: ExpressionSpecification,
    text: ExpressionSpecification,
    besidePx: number,
    make: (anchors: Anchor[], side: string, filter: FilterSpecification | null) => LayerSpecification,
): LayerSpecification[] {
    if (!sides) return [make(BESIDE, '', null)];
    const { west, east, degreesPerPx } = sides;
    const widthPx = ['min', LINE_PX, ['*', LETTER_PX, ['length', text]]];
    const needed = ['*', degreesPerPx, ['+', besidePx, widthPx]];
    const isWest = ['<', ['-', lon, west], needed];
    const isEast = ['<', ['-', east, lon], needed];
    const where = (filter: unknown): FilterSpecification => filter as FilterSpecification;
    return [
        make(INWARD_FROM_WEST, '-west', where(isWest)),
        make(INWARD_FROM_EAST, '-east', where(['all', isEast, ['!', isWest]])),
        make(BESIDE, '', where(['all', ['!', isWest], ['!', isEast]])),
    ];
}
