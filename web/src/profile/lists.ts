import type { ClusterItem, ClusterProfile, Figure, Measure } from '../api/types';
import { countedUnit, formatCount, formatRank, formatValue } from '../format/numbers';

/** The engine's lists and the part of a profile that shows them, in its order; their names are in the glossary ("list.peer"). */
export const LISTS: readonly (readonly [string, string])[] = [
    ['sub_sector', 'making'],
    ['other_sector', 'making'],
    ['adjacent_sector', 'making'],
    ['top_firm', 'making'],
    ['size_band', 'making'],
    ['age_band', 'making'],
    ['open_project_firm', 'research'],
    ['partner_institution', 'research'],
    ['top_institution', 'research'],
    ['other_institution', 'research'],
    ['top_partner', 'research'],
    ['programme', 'research'],
    ['funder', 'research'],
    ['top_investor', 'money'],
    ['stage', 'money'],
    ['peer', 'peers'],
    ['support', 'support'],
];

/** Groups of figures, by the engine's name for them, in the order they are shown. */
const GROUP_TITLES: readonly (readonly [string, string])[] = [
    ['size', 'Size'],
    ['specialisation', 'Specialisation'],
    ['rdi', 'Research and development'],
    ['collaboration', 'Collaboration'],
    ['money', 'Money'],
    ['jobs', 'Jobs and pay'],
    ['age', 'Age and growth'],
    ['growth', 'Growth'],
    ['place', 'Surroundings'],
    ['', 'Other figures'],
];
/** Groups that belong under "How sure we are". */
const SURE = new Set(['certainty', 'quality', 'confidence', 'robustness', 'stability', 'significance', 'structure']);

export interface ShownFigure {
    figure: Figure;
    measure: Measure;
}

export interface FigureGroup {
    key: string;
    title: string;
    figures: ShownFigure[];
}

export interface Sorted {
    groups: FigureGroup[];
    sure: ShownFigure[];
    missing: ShownFigure[];
    /** Known, and withheld by official disclosure. */
    withheld: ShownFigure[];
}

/** Why a figure has no value: withheld, with the rule that does it, or not available, with the reason. */
export function absence(figure: Figure): { word: string; why: string } {
    const reason = figure.missing_reason ?? '';
    if (!figure.suppressed) return { word: 'not available', why: reason || 'The atlas gives no reason.' };
    const rule = reason.replace(/^withheld: /, '') || 'official disclosure';
    return { word: 'withheld', why: `Withheld because ${rule}. The methods page has the rules.` };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1).replace(/_/g, ' ');

export const groupTitle = (group: string): string =>
    SURE.has(group) ? 'How sure we are' : (GROUP_TITLES.find(([name]) => name === group)?.[1] ?? capital(group));

/** Where a group of figures stands in a profile: the known ones in their order, the others before the nameless, the certain ones last. */
export function groupRank(group: string): number {
    const known = GROUP_TITLES.findIndex(([key]) => key === group);
    if (SURE.has(group)) return GROUP_TITLES.length;
    return known >= 0 ? known : GROUP_TITLES.length - 1.5;
}

/** A profile's figures by group, in the order of their definitions; those without a value apart. A measure without definition is shown under its own name. */
export function sortFigures(profile: ClusterProfile, measures: ReadonlyMap<string, Measure>): Sorted {
    const groups = new Map<string, ShownFigure[]>();
    const sure: ShownFigure[] = [];
    const missing: ShownFigure[] = [];
    const withheld: ShownFigure[] = [];
    for (const figure of profile.figures) {
        const measure = measures.get(figure.measure) ?? unknown(figure.measure);
        const shown = { figure, measure };
        const group = measure.group ?? '';
        if (figure.value === null) (figure.suppressed ? withheld : missing).push(shown);
        else if (SURE.has(group)) sure.push(shown);
        else groups.set(group, [...(groups.get(group) ?? []), shown]);
    }
    const place = new Map([...measures.keys()].map((name, i) => [name, i]));
    const byDefinition = (a: ShownFigure, b: ShownFigure): number => (place.get(a.figure.measure) ?? Infinity) - (place.get(b.figure.measure) ?? Infinity);
    for (const list of [...groups.values(), sure, missing, withheld]) list.sort(byDefinition);
    const ordered = [...groups].sort(([a], [b]) => groupRank(a) - groupRank(b));
    return {
        groups: ordered.map(([key, figures]) => ({
            key,
            title: groupTitle(key),
            figures,
        })),
        sure,
        missing,
        withheld,
    };
}

function unknown(name: string): Measure {
    return {
        measure: name,
        label: capital(name),
        unit: '',
        decimals: 1,
        definition: '',
        method: '',
        source: '',
        available: true,
        clusters: 0,
    };
}

export interface Certainty {
    word: 'firm' | 'fairly firm' | 'fragile';
    meaning: string;
}

/** Three steps of stability: the share of members kept when the settings move a little. */
export function certainty(stability: number | null | undefined): Certainty | null {
    if (stability == null) return null;
    if (stability >= 0.8) return { word: 'firm', meaning: 'It stays much the same when the settings or the firms change a little.' };
    if (stability >= 0.6) {
        return { word: 'fairly firm', meaning: 'Its core stays when the settings or the firms change a little; its edge moves.' };
    }
    return { word: 'fragile', meaning: 'It changes a good deal when the settings or the firms change a little: read its figures with care.' };
}

/** A figure in its unit; those that are yes or no in words, and plain numbers with the decimals they are worth. */
export function figureText(measure: Measure, value: number): string {
    if (measure.measure.startsWith('is_')) return value > 0 ? 'yes' : 'no';
    if (measure.unit === '' && value !== 0) {
        const least = 10 ** -measure.decimals;
        if (Math.abs(value) < least) return `under ${least}`;
        return value.toLocaleString('en-GB', { maximumFractionDigits: measure.decimals });
    }
    return formatValue(value, measure.unit);
}

/** Of a figure that cannot be below nought, so that nought is none. */
const canBeNone = ({ measure, unit }: Measure): boolean => ['share', 'gbp', 'count', 'jobs'].includes(unit) && !measure.includes('growth');

/** What a list's bars are drawn against: where it counts enterprises all of the cluster's, else its largest entry. Distances have no bars: the longest would look best. */
export function fullBar(items: readonly ClusterItem[], enterprises: number): number {
    if (items.some((item) => item.unit === 'km')) return 0;
    const counted = items.some((item) => item.unit === 'enterprises') ? enterprises : 0;
    return Math.max(counted, ...items.map((item) => item.value ?? 0));
}

/** An entry's value in its unit: "4 of 532" of the cluster's enterprises. */
export function itemText({ value, unit }: ClusterItem, enterprises: number): string {
    if (value === null) return '';
    if (unit === 'enterprises') return `${formatCount(value)} of ${formatCount(enterprises)}`;
    if (unit === 'relatedness') return `${formatValue(value, 'share')} related`;
    if (unit === 'likeness') return `${formatValue(value, 'share')} alike`;
    return countedUnit(value, unit ?? '') ?? formatValue(value, unit ?? '');
}

/** Its place among the clusters of the sector: "4th of 38", "joint 4th of 38", of none at all "12 of 38 have any"; empty where it has none. */
export function standing({ value, rank, ranked_of: of, ranked_alike: alike }: Figure, measure: Measure): string {
    if (rank === null || of === null || of < 2) return '';
    if (value === 0 && measure.better === 'up' && canBeNone(measure)) return `${rank - 1} of ${of} ${rank === 2 ? 'has' : 'have'} any`;
    return `${(alike ?? 1) > 1 ? 'joint ' : ''}${formatRank(rank, of)}`;
}

/** A website that may be linked to, and how it is shown; null for what is not http. */
export function webAddress(website: string | null | undefined): { href: string; shown: string } | null {
    if (!website || !/^https?:\/\//.test(website)) return null;
    return { href: website, shown: website.replace(/^https?:\/\//, '').replace(/\/$/, '') };
}
