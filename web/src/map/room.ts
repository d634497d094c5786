import type { SheetHeight } from '../state/url';
import { HALF_SHARE } from '../ui/snap';

export interface Padding {
    top: number;
    right: number;
    bottom: number;
    left: number;
}

/** What lies over the map. */
export interface Open {
    panel: boolean;
    sheet: SheetHeight;
    /** The settings of a re-clustering or the years, at the bottom left. */
    settings: boolean;
    /** In another's page: no bar below the map. */
    embed: boolean;
}

/** A window, in pixels, and how large its reader has text; 16 where nobody has changed it. */
export interface Window {
    width: number;
    em: number;
}

/**
 * As in the stylesheets: the panel's width, the settings' width (their height on a phone with what is below them), the
 * folded legend's height on a phone with what is below it, and the table's share of the height.
 */
const PANEL_EM = 26.25;
const PANEL_SHARE = 0.4;
const SETTINGS_PX = 312;
const SETTINGS_EM = 24;
const LEGEND_EM = 11.25;
const HALF = 0.46;
/** The bar of the sheet and the line of the sources, where there is no room for more. */
const BELOW_PX = 120;
/** A map smaller than this is no map: what would leave less is not counted. */
const LEAST_PX = 120;

/** A narrow window shows one thing at a time; the same words as in the stylesheets. */
export const NARROW = '(max-width: 47.5em)';
const NARROW_EM = 47.5;
export const isNarrow = (): boolean => matchMedia(NARROW).matches;

function belowOnPhone({ sheet, settings, embed }: Open, height: number, em: number): number {
    if (sheet === 'half') return Math.round(HALF_SHARE * height) + 40;
    if (embed) return 84;
    return Math.round((settings ? SETTINGS_EM : LEGEND_EM) * em);
}

/**
 * The padding that keeps what is shown clear of everything that lies over a map of this size in pixels. On a narrow
 * window a sheet at half height lies over its lower part, as settings do; at full height it takes the whole map, which is
 * then seen only after it is lowered, and does not count.
 */
export function roomBeside(open: Open, width: number, height: number, window: Window): Padding {
    const { panel, sheet, settings } = open;
    const panelPx = Math.min(PANEL_EM * window.em, PANEL_SHARE * window.width);
    const padding = window.width <= NARROW_EM * window.em
        ? { top: 84, right: 40, bottom: belowOnPhone(open, height, window.em), left: 16 }
        : {
              top: 64,
              right: (panel ? Math.round(panelPx) : 0) + 40,
              bottom: sheet === 'half' ? Math.round(HALF * height) + 40 : 84,
              left: settings ? SETTINGS_PX + 24 : 40,
          };
    if (padding.left + padding.right > width - LEAST_PX) padding.left = 16;
    if (padding.left + padding.right > width - LEAST_PX) padding.right = 16;
    if (padding.top + padding.bottom > height - LEAST_PX) padding.top = 16;
    if (padding.top + padding.bottom > height - LEAST_PX) padding.bottom = Math.min(padding.bottom, BELOW_PX);
    if (padding.top + padding.bottom > height - LEAST_PX) padding.bottom = 16;
    return padding;
}

export interface Box {
    left: number;
    right: number;
    top: number;
    bottom: number;
}

/** The part of a map of this size that nothing lies over. */
export const freeOf = ({ top, right, bottom, left }: Padding, width: number, height: number): Box => ({
    left,
    top,
    right: width - right,
    bottom: height - bottom,
});

export const isWithin = (inner: Box, outer: Box): boolean =>
    inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom;

/** The smallest box round those of the points that lie in a frame; null where none does. */
export function boxRound(points: readonly { x: number; y: number }[], frame: Box): Box | null {
    const seen = points.filter(({ x, y }) => x >= frame.left && x <= frame.right && y >= frame.top && y <= frame.bottom);
    if (seen.length === 0) return null;
    const [xs, ys] = [seen.map(({ x }) => x), seen.map(({ y }) => y)];
    // A reduction, not a spread: there may be thousands.
    const least = (values: number[]): number => values.reduce((a, b) => Math.min(a, b));
    const most = (values: number[]): number => values.reduce((a, b) => Math.max(a, b));
    return { left: least(xs), right: most(xs), top: least(ys), bottom: most(ys) };
}

/** Letters of a legend's texts that fit on all its steps together. */
const STEPS_LETTERS = 28;

/** Whether the texts at the edges of a legend's steps would touch in one row: the first and the last stay inside, the others stand on their edge. */
export function isTooTight(texts: readonly string[]): boolean {
    const last = texts.length - 1;
    const step = STEPS_LETTERS / Math.max(1, last);
    const half = (i: number): number => ((texts[i] ?? '').length * (i === 0 || i === last ? 2 : 1)) / 2;
    return texts.some((_, i) => i > 0 && half(i - 1) + half(i) > step);
}
