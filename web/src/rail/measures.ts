import type { Atlas, Measure } from '../api/types';

export interface MeasureChoice {
    measure: string;
    label: string;
    unit: string;
    /** Where a profile shows it. */
    group?: string;
    /** The value that means "as everywhere"; null where none does. */
    middle?: number | null;
}

/** Figures of a cluster that are columns of its own rather than measures. */
export const BUILT_IN: readonly MeasureChoice[] = [
    { measure: 'enterprise_count', label: 'Enterprises', unit: 'count', group: 'size' },
    { measure: 'site_count', label: 'Sites', unit: 'count', group: 'size' },
    { measure: 'area_km2', label: 'Area', unit: 'km2', group: 'size' },
    { measure: 'extent_km', label: 'Extent', unit: 'km', group: 'size' },
];

/** Those that matter most to most readers, in this order; the rest follow as the engine lists them. */
const FIRST = [
    'enterprise_count',
    'location_quotient',
    'rdi_active_share',
    'employment',
    'public_funding_gbp',
    'private_investment_gbp',
    'enterprise_growth_5y',
    'jobs_growth_5y',
    'jobs_growth_1y',
];

const FIRST_RANK = new Map(FIRST.map((name, i) => [name, i]));

/** A quotient of 1 is the register's share; of other ratios no value stands out. */
export const middleOf = (measure: string): number | null => (measure === 'location_quotient' ? 1 : null);

/** How likely it is that nothing is behind a figure: less is more. */
export const isChance = (measure: string): boolean => measure === 'significance' || measure.endsWith('_p');

/** What can be filtered, sorted and coloured by in this atlas. */
export function measureChoices(atlas: Atlas, measures: readonly Measure[]): MeasureChoice[] {
    const available = measures
        .filter((m) => m.available && atlas.measures.includes(m.measure))
        .filter((m) => !BUILT_IN.some((b) => b.measure === m.measure));
    const all = [...BUILT_IN, ...available.map(({ measure, label, unit, group }) => ({ measure, label, unit, ...(group ? { group } : {}), middle: middleOf(measure) }))];
    const rank = (choice: MeasureChoice): number => FIRST_RANK.get(choice.measure) ?? FIRST.length;
    return all.sort((a, b) => rank(a) - rank(b));
}
