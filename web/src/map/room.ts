import type { SheetHeight } from '../state/url';

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
}

/** As in the stylesheets: the panel's width, the settings' width, and the table's share of the height. */
const PANEL_PX = 420;
const SETTINGS_PX = 312;
const HALF = 0.46;
const NARROW_PX = 760;
/** A map smaller than this is no map: what would leave less is not counted. */
const LEAST_PX = 120;

/**
 * The padding that keeps what is shown clear of everything that lies over a map of this size in pixels. On a narrow
 * window a panel or a table takes the whole map, which is then seen only after it is closed: there they do not count,
 * while settings lie across its lower half.
 */
export function roomBeside({ panel, sheet, settings }: Open, width: number, height: number, windowWidth: number): Padding {
    const isNarrow = windowWidth <= NARROW_PX;
    const padding = isNarrow
        ? { top: 84, right: 40, bottom: settings ? Math.round(HALF * height) : 120, left: 16 }
        : {
              top: 64,
              right: (panel ? PANEL_PX : 0) + 40,
              bottom: sheet === 'half' ? Math.round(HALF * height) + 40 : 84,
              left: settings ? SETTINGS_PX + 24 : 40,
          };
    if (padding.left + padding.right > width - LEAST_PX) padding.left = 16;
    if (padding.left + padding.right > width - LEAST_PX) padding.right = 16;
    if (padding.top + padding.bottom > height - LEAST_PX) padding.top = 16;
    if (padding.top + padding.bottom > height - LEAST_PX) padding.bottom = 16;
    return padding;
}
