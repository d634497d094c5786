// Where a sheet that is let go of comes to rest.
import type { SheetHeight } from '../state/url';

export const HEIGHTS: readonly SheetHeight[] = ['bar', 'half', 'full'];

/** From this speed on a flick decides, not where the sheet is. */
const FLICK_PX_PER_MS = 0.35;

/** How high the sheet of a narrow screen is: its bar, half of what is there, and all; as in workspace.css. */
export const HALF_SHARE = 0.52;

/**
 * The height a dragged sheet goes to.
 * \param px how high it is when let go of
 * \param barPx how high its bar is
 * \param allPx how high it can be
 * \param pxPerMs how fast it went at the end, upwards positive
 */
export function snap(px: number, barPx: number, allPx: number, pxPerMs: number): SheetHeight {
    const rests = [barPx, HALF_SHARE * allPx, allPx];
    const nearest = rests.reduce((best, rest, i) => (Math.abs(rest - px) < Math.abs((rests[best] ?? 0) - px) ? i : best), 0);
    if (Math.abs(pxPerMs) < FLICK_PX_PER_MS) return HEIGHTS[nearest] ?? 'bar';
    const next = pxPerMs > 0 ? rests.findIndex((rest) => rest > px) : rests.filter((rest) => rest < px).length - 1;
    return HEIGHTS[next] ?? (pxPerMs > 0 ? 'full' : 'bar');
}

/** One height up or down from another; the last stay. */
export const stepFrom = (height: SheetHeight, by: 1 | -1): SheetHeight => HEIGHTS[HEIGHTS.indexOf(height) + by] ?? height;
