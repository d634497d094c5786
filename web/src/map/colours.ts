// What colours mean. Every cluster type has an outline style as well, so that colour is never alone.
import type { ClusterRow, ClusterType } from '../api/types';
import type { Theme } from '../state/theme.svelte';

export type LineStyle = 'solid' | 'double' | 'dashed' | 'dotted';

export interface TypeLook {
    label: string;
    line: LineStyle;
    variable: string;
    light: string;
    dark: string;
    meaning: string;
}

export const TYPE_LOOKS: Record<ClusterType, TypeLook> = {
    specialised: {
        label: 'Specialised',
        line: 'solid',
        variable: '--type-specialised',
        light: '#1f6fb4',
        dark: '#6db3f2',
        meaning: 'The sector is at least a quarter more common here than elsewhere, and not by chance',
    },
    rdi_collaborating: {
        label: 'R&D collaborating',
        line: 'double',
        variable: '--type-rdi',
        light: '#b4521f',
        dark: '#f0935a',
        meaning: 'Its members do publicly funded R&D together',
    },
    diverse: {
        label: 'Diverse',
        line: 'dashed',
        variable: '--type-diverse',
        light: '#6b7280',
        dark: '#a9b1bb',
        meaning: 'Active in R&D, neither specialised nor collaborating',
    },
    not_rdi_active: {
        label: 'Not R&D-active',
        line: 'dotted',
        variable: '--type-other',
        light: '#574c33',
        dark: '#857a5e',
        meaning: 'Too few of its firms are known to do research and development',
    },
};

/** The types in circles and rings: those without R&D to speak of are most, and stand back. */
const RING_REST: Record<Theme, string> = { light: '#93876a', dark: '#776b48' };
export const ringColourOf = (type: string, theme: Theme): string =>
    type === 'not_rdi_active' ? RING_REST[theme] : (TYPE_LOOKS[type as ClusterType]?.[theme] ?? BASE[theme].inkQuiet);

/** The colours of marks, and which of them a cluster has. */
export interface RingColours {
    colours: string[];
    indexOf: (row: ClusterRow) => number;
}

export interface BaseColours {
    land: string;
    sea: string;
    coast: string;
    border: string;
    ink: string;
    inkQuiet: string;
    paper: string;
    accent: string;
}

export const BASE: Record<Theme, BaseColours> = {
    light: {
        land: '#f3f1ea',
        sea: '#dfe8ec',
        coast: '#b9c0c4',
        border: '#b9c0c4',
        ink: '#16202b',
        inkQuiet: '#5f6a75',
        paper: '#fbfaf7',
        accent: '#0b6e69',
    },
    dark: {
        land: '#1b2229',
        sea: '#0e1317',
        coast: '#3a444d',
        border: '#3a444d',
        ink: '#e6e9ec',
        inkQuiet: '#98a2ac',
        paper: '#12171c',
        accent: '#4fc3b8',
    },
};

const SEQUENTIAL: Record<Theme, string[]> = {
    light: ['#c5b0dd', '#a88acb', '#8a64b6', '#6b41a0', '#4a2378'],
    dark: ['#5f4690', '#7c5fb0', '#9b7fcd', '#bda4e6', '#e0d0fb'],
};

/** Around a middle that means something (a quotient of 1): orange below, purple above. */
const DIVERGING: Record<Theme, string[]> = {
    light: ['#b35806', '#dd8f3a', '#a99bc9', '#7a5bab', '#4a2378'],
    dark: ['#f0935a', '#b9733f', '#7c5fb0', '#a58bd8', '#dccbfa'],
};

/** How much of a type's colour the inside of an outline has in a key. */
export const TYPE_TINT = 0.2;

/** How much of a figure's colour the inside of an outline has, on the map and in its key; the line has all of it. */
export const FIGURE_OPACITY = 0.5;

/** Few enough to be told apart by readers of every colour vision (colours.test.ts simulates it), lightness doing most of the work. */
const CATEGORIES: Record<Theme, string[]> = {
    light: ['#2f86d6', '#93400f', '#1d2a6b', '#cf5aa8', '#14694f', '#76797d'],
    dark: ['#6db3f2', '#f0935a', '#f4ecb0', '#b06ad0', '#3f8f6f', '#a9b1bb'],
};

/** The last category is for all that have no colour of their own. */
export const categoryColour = (index: number, theme: Theme): string => {
    const colours = CATEGORIES[theme];
    return colours[Math.min(index, colours.length - 1)] ?? '#6b7280';
};
export const CATEGORY_COUNT = CATEGORIES.light.length - 1;

/** A line among several, by its place: a colour, and beads from where the colours begin again. */
export const lineLook = (index: number, theme: Theme): { colour: string; isBeaded: boolean } => {
    const count = CATEGORIES[theme].length;
    return { colour: categoryColour(index % count, theme), isBeaded: index >= count };
};

/** Classes of a measure: `breaks[i]` to `breaks[i + 1]` has `colours[i]`; the last class takes its upper end in. */
export interface Classes {
    breaks: number[];
    colours: string[];
}

/** Round to two significant figures, so that a legend's breaks can be read. */
function round(value: number): number {
    if (value === 0) return 0;
    const scale = 10 ** (1 - Math.floor(Math.log10(Math.abs(value))));
    return Math.round(value * scale) / scale;
}

/** The chances that readers know. */
const CHANCES = [0.001, 0.01, 0.05];

/** Classes of a chance, the least likely in the strongest colour. */
export function classifyChance(values: readonly number[], theme: Theme): Classes {
    const highest = Math.max(...values.filter(Number.isFinite));
    if (highest < 0) return { breaks: [], colours: [] };
    const breaks = [0, ...CHANCES.filter((chance) => chance < highest), highest > 0.05 ? 1 : (CHANCES.find((chance) => chance >= highest) ?? 1)];
    const scale = SEQUENTIAL[theme];
    const count = breaks.length - 1;
    const colours = Array.from({ length: count }, (_, i) => scale[Math.round(((count - 1 - i) * (scale.length - 1)) / Math.max(1, count - 1))] ?? '#6b7280');
    return { breaks, colours };
}

/** Quantile classes with readable breaks; around a middle that means something, if one is given. Values need not be sorted. */
export function classify(values: readonly number[], middle: number | null, theme: Theme): Classes {
    const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
    const lowest = sorted[0];
    const highest = sorted[sorted.length - 1];
    if (lowest === undefined || highest === undefined) return { breaks: [], colours: [] };
    const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? highest;
    const isDiverging = middle !== null && lowest < middle && highest > middle;
    const above = sorted.filter((value) => middle !== null && value > middle);
    const inner = isDiverging
        ? [middle / 2, middle, ...[1, 2].map((i) => above[Math.floor((above.length * i) / 3)] ?? middle)].map(round)
        : [0.2, 0.4, 0.6, 0.8].map((share) => round(at(share)));
    const breaks = [...new Set([lowest, ...inner.filter((b) => b > lowest && b < highest), highest])].sort((a, b) => a - b);
    if (breaks.length === 1) breaks.push(lowest);
    const scale = (isDiverging ? DIVERGING : SEQUENTIAL)[theme];
    const count = breaks.length - 1;
    const firstAbove = isDiverging ? breaks.findIndex((b) => b >= middle) : 0;
    const colours = Array.from({ length: count }, (_, i) => {
        // Below the middle from the outside in; above it, or without a middle, spread over the scale.
        if (isDiverging) return i < firstAbove ? scale[2 - firstAbove + i] ?? scale[0] : scale[2 + i - firstAbove];
        return scale[count === 1 ? 2 : Math.round((i * (scale.length - 1)) / (count - 1))];
    }).map((colour) => colour ?? scale[scale.length - 1] ?? '#6b7280');
    return { breaks, colours };
}

/** The class of a value, -1 where it has none. */
export function classOf(value: number | null | undefined, { breaks, colours }: Classes): number {
    if (value == null || !Number.isFinite(value) || colours.length === 0) return -1;
    for (let i = colours.length - 1; i >= 0; --i) {
        const from = breaks[i];
        if (from !== undefined && value >= from) return i;
    }
    return -1;
}
