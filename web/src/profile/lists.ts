import type { ClusterProfile, Figure, Measure } from '../api/types';
import { formatValue } from '../format/numbers';

/** What the engine's lists are called on the page, in the order they are shown. */
export const LIST_TITLES: readonly (readonly [string, string, string])[] = [
    ['sub_sector', 'What it makes', 'making'],
    ['other_sector', 'Other sectors its enterprises are in', 'making'],
    ['adjacent_sector', 'Related sectors, and how strong they are here', 'making'],
    ['top_firm', 'Largest employers', 'making'],
    ['size_band', 'Enterprises by size', 'making'],
    ['age_band', 'Enterprises by age', 'making'],
    ['open_project_firm', 'Enterprises in projects that run now', 'research'],
    ['partner_institution', 'Universities and research organisations it works with', 'research'],
    ['top_institution', 'Nearest universities and research organisations', 'research'],
    ['other_institution', 'Hospitals, science parks and other institutions nearby', 'research'],
    ['top_partner', 'Partners in publicly funded projects', 'research'],
    ['programme', 'Programmes that fund it', 'research'],
    ['funder', 'Who funds it', 'research'],
    ['top_investor', 'Known investors', 'money'],
    ['stage', 'Funded enterprises by the stage of their newest deal', 'money'],
    ['peer', 'Most similar clusters', 'peers'],
    ['support', 'Programmes for this sector and place', 'support'],
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

/** Where a group of figures stands in a profile: the known ones in their order, the others before the nameless, the certain ones last. */
export function groupRank(group: string): number {
    const known = GROUP_TITLES.findIndex(([key]) => key === group);
    if (SURE.has(group)) return GROUP_TITLES.length;
    return known >= 0 ? known : GROUP_TITLES.length - 1.5;
}

/** A profile's figures by group; those without a value apart. A measure without definition is shown under its own name. */
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
    const ordered = [...groups].sort(([a], [b]) => groupRank(a) - groupRank(b));
    return {
        groups: ordered.map(([key, figures]) => ({
            key,
            title: GROUP_TITLES.find(([name]) => name === key)?.[1] ?? capital(key),
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

/** A website that may be linked to, and how it is shown; null for what is not http. */
export function webAddress(website: string | null | undefined): { href: string; shown: string } | null {
    if (!website || !/^https?:\/\//.test(website)) return null;
    return { href: website, shown: website.replace(/^https?:\/\//, '').replace(/\/$/, '') };
}
