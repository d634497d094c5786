// What stands side by side: rows of figures over clusters, and over areas.
import type { ClusterProfile, Figure, Measure, Selection, SharedPartners } from '../api/types';
import { formatCount, formatInterval, formatShare } from '../format/numbers';
import { isTold, pointsOf, type Course } from '../profile/courses';
import { absence, figureText, groupRank, standing } from '../profile/lists';
import { findingOf } from '../profile/quotients';
import type { ViewState } from '../state/url';

export interface Cell {
    text: string;
    value: number | null;
    low?: number | null;
    high?: number | null;
    /** The interval in words, or why there is no value. */
    note?: string;
    /** Its place among the clusters of its sector. */
    standing?: string;
}

export interface CompareRow {
    label: string;
    /** What it tells, by its name in the glossary; where the whole table tells one thing it says so itself. */
    term?: string;
    /** Where the label leads, and what it is. */
    to?: Partial<ViewState>;
    detail?: string;
    /** The full length of its bars; without it, its own largest value. */
    top?: number;
    cells: Cell[];
    /** Bars of one row share a scale from 0; of years, p-values and yes-or-no there is none. */
    hasBars: boolean;
}

const MISSING: Cell = { text: 'not available', value: null };
const NONE: Cell = { text: 'no firms', value: 0 };
/** By the rules of docs/methods/disclosure.md. */
const WITHHELD: Cell = { text: 'withheld', value: null, note: 'Fewer than 10 firms are inside.' };

function cellOf(figure: Figure | undefined, measure: Measure): Cell {
    if (!figure) return { ...MISSING, note: '' };
    if (figure.value === null) {
        const { word, why } = absence(figure);
        return { text: word, value: null, note: why };
    }
    const { value, low, high } = figure;
    return { text: figureText(measure, value), value, low, high, note: formatInterval(value, low, high, measure.unit), standing: standing(figure, measure) };
}

const countRow = (label: string, term: string, values: readonly (number | null)[]): CompareRow => ({
    label,
    term,
    cells: values.map((value) => (value === null ? MISSING : { text: formatCount(value), value })),
    hasBars: true,
});

/** Every figure that one of the clusters has, in the order of a profile. */
export function clusterRows(profiles: readonly ClusterProfile[], measures: ReadonlyMap<string, Measure>): CompareRow[] {
    const known = profiles.flatMap((p) => p.figures.filter((f) => f.value !== null).map((f) => f.measure));
    const shown = [...new Set(known)].flatMap((name) => measures.get(name) ?? []);
    const place = new Map([...measures.keys()].map((name, i) => [name, i]));
    shown.sort((a, b) => groupRank(a.group ?? '') - groupRank(b.group ?? '') || (place.get(a.measure) ?? 0) - (place.get(b.measure) ?? 0));
    return shown.map((measure) => ({
        label: measure.label,
        term: measure.measure,
        cells: profiles.map((p) => cellOf(p.figures.find((f) => f.measure === measure.measure), measure)),
        hasBars: measure.unit !== 'year' && measure.unit !== '',
    }));
}

const SECTORS = 12;

/** The totals of areas, then the sectors that stand out most in any of them. */
export function areaRows(areas: readonly Selection[]): CompareRow[] {
    const total = (label: string, term: string, pick: (totals: Selection['totals']) => number | null): CompareRow => {
        const row = countRow(label, term, areas.map((area) => pick(area.totals)));
        return { ...row, cells: row.cells.map((cell, i) => (areas[i]?.withheld ? WITHHELD : cell)) };
    };
    const best = new Map<string, { name: string; atLeast: number }>();
    for (const quotient of areas.flatMap((area) => area.sectors)) {
        // Clearly more common than elsewhere, not by chance of small numbers.
        const { sector, low } = quotient;
        if (findingOf(quotient) !== 'more' || low === null) continue;
        const other = best.get(sector.slug)?.atLeast ?? 0;
        best.set(sector.slug, { name: sector.name, atLeast: Math.max(other, low) });
    }
    const sectors = [...best].sort(([, a], [, b]) => b.atLeast - a.atLeast).slice(0, SECTORS);
    return [
        total('Active firms', 'area.firms', (t) => t.firms),
        total('Sites', 'area.sites', (t) => t.sites),
        total('Firms with evidence of R&D', 'area.rdi_active_firms', (t) => t.rdi_active_firms),
        {
            label: 'Their share of firms',
            term: 'area.rdi_active_share',
            cells: areas.map(({ totals: { rdi_active_share: share }, withheld }) => (withheld ? WITHHELD : share === null ? MISSING : { text: formatShare(share), value: share })),
            hasBars: true,
        },
        total('Employees', 'area.employees', (t) => t.employees),
        total('Institutions', 'area.institutions', (t) => t.institutions),
        countRow('Clusters that touch it', 'area.clusters', areas.map((area) => area.number_matched)),
        ...sectors.map(([slug, { name }]) => ({
            label: `Location quotient, ${name}`,
            term: 'area.location_quotient',
            cells: areas.map((area): Cell => {
                const found = area.sectors.find((s) => s.sector.slug === slug);
                if (area.withheld) return WITHHELD;
                if (!found) return NONE;
                if (found.location_quotient === null) return MISSING;
                if (findingOf(found) === 'few') return { text: 'too few to say', value: null, note: `${found.firms} of its firms are inside.` };
                const { location_quotient: value, low, high } = found;
                return { text: formatInterval(value, low, high, 'ratio'), value, low, high };
            }),
            hasBars: true,
        })),
    ];
}

export interface Trend<Year> {
    course: Course<Year>;
    years: number[];
    lines: { label: string; values: (number | null)[] }[];
}

/** Series of several things over the same years; those that tell something of at least one. */
export function trendsOf<Year extends { year: number }>(courses: readonly Course<Year>[], things: readonly { label: string; years: readonly Year[] }[]): Trend<Year>[] {
    const years = [...new Set(things.flatMap((thing) => thing.years.map((y) => y.year)))].sort((a, b) => a - b);
    return courses.flatMap((course) => {
        const lines = things.map(({ label, years: own }) => ({ label, points: pointsOf(own, course) }));
        if (!lines.some(({ points }) => isTold(points))) return [];
        // Years that are known of none are left out at both ends.
        const known = new Set(lines.flatMap(({ points }) => points.filter((p) => p.value !== null).map((p) => p.year)));
        const shown = years.filter((year) => year >= Math.min(...known) && year <= Math.max(...known));
        return [
            {
                course,
                years: shown,
                lines: lines.map(({ label, points }) => {
                    const at = new Map(points.map((p) => [p.year, p.value]));
                    return { label, values: shown.map((year) => at.get(year) ?? null) };
                }),
            },
        ];
    });
}

/** Who works with several of those compared, a row each: with how many projects, and with whom none is known. All on one scale. */
export function partnerRows({ compared, partners }: SharedPartners, areLinks: boolean): CompareRow[] {
    const top = Math.max(1, ...partners.flatMap(({ of }) => of.map(({ projects }) => projects)));
    return partners.map(({ kind, key, label, of }) => {
        const at = new Map(of.map(({ place, projects }) => [place, projects]));
        return {
            label,
            detail: kind,
            ...(kind === 'institution' || areLinks ? { to: { page: 'map' as const, open: { kind, key } } } : {}),
            cells: compared.map((_, place): Cell => {
                const projects = at.get(place);
                return projects === undefined ? { text: 'none known', value: null } : { text: formatCount(projects), value: projects };
            }),
            hasBars: true,
            top,
        };
    });
}
