// What stands side by side: rows of figures over clusters, and over areas.
import type { ClusterProfile, Figure, Measure, Selection } from '../api/types';
import { formatCount, formatInterval, formatShare } from '../format/numbers';
import { absence, figureText, groupRank } from '../profile/lists';

export interface Cell {
    text: string;
    value: number | null;
    low?: number | null;
    high?: number | null;
    /** The interval in words, or why there is no value. */
    note?: string;
}

export interface CompareRow {
    label: string;
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
    return { text: figureText(measure, value), value, low, high, note: formatInterval(value, low, high, measure.unit) };
}

const countRow = (label: string, values: readonly (number | null)[]): CompareRow => ({
    label,
    cells: values.map((value) => (value === null ? MISSING : { text: formatCount(value), value })),
    hasBars: true,
});

/** Every figure that one of the clusters has, in the order of a profile. */
export function clusterRows(profiles: readonly ClusterProfile[], measures: ReadonlyMap<string, Measure>): CompareRow[] {
    const known = profiles.flatMap((p) => p.figures.filter((f) => f.value !== null).map((f) => f.measure));
    const shown = [...new Set(known)].flatMap((name) => measures.get(name) ?? []);
    shown.sort((a, b) => groupRank(a.group ?? '') - groupRank(b.group ?? ''));
    return [
        countRow('Enterprises', profiles.map((p) => p.enterprise_count)),
        ...shown.map((measure) => ({
            label: measure.label,
            cells: profiles.map((p) => cellOf(p.figures.find((f) => f.measure === measure.measure), measure)),
            hasBars: measure.unit !== 'year' && measure.unit !== '',
        })),
    ];
}

const SECTORS = 12;

/** The totals of areas, then the sectors that stand out most in any of them. */
export function areaRows(areas: readonly Selection[]): CompareRow[] {
    const total = (label: string, pick: (totals: Selection['totals']) => number | null): CompareRow => {
        const row = countRow(label, areas.map((area) => pick(area.totals)));
        return { ...row, cells: row.cells.map((cell, i) => (areas[i]?.withheld ? WITHHELD : cell)) };
    };
    const best = new Map<string, { name: string; atLeast: number }>();
    for (const { sector, location_quotient, low } of areas.flatMap((area) => area.sectors)) {
        // Clearly more common than elsewhere, not by chance of small numbers.
        if (location_quotient === null || low === null || low <= 1) continue;
        const other = best.get(sector.slug)?.atLeast ?? 0;
        best.set(sector.slug, { name: sector.name, atLeast: Math.max(other, low) });
    }
    const sectors = [...best].sort(([, a], [, b]) => b.atLeast - a.atLeast).slice(0, SECTORS);
    return [
        total('Active firms', (t) => t.firms),
        total('Sites', (t) => t.sites),
        total('Firms with evidence of R&D', (t) => t.rdi_active_firms),
        {
            label: 'Their share of firms',
            cells: areas.map(({ totals: { rdi_active_share: share }, withheld }) => (withheld ? WITHHELD : share === null ? MISSING : { text: formatShare(share), value: share })),
            hasBars: true,
        },
        total('Employees', (t) => t.employees),
        total('Universities and research organisations', (t) => t.institutions),
        countRow('Clusters that touch it', areas.map((area) => area.number_matched)),
        ...sectors.map(([slug, { name }]) => ({
            label: `Location quotient, ${name}`,
            cells: areas.map((area): Cell => {
                const found = area.sectors.find((s) => s.sector.slug === slug);
                if (area.withheld) return WITHHELD;
                if (!found) return NONE;
                if (found.location_quotient === null) return MISSING;
                const { location_quotient: value, low, high } = found;
                return { text: formatInterval(value, low, high, 'ratio'), value, low, high };
            }),
            hasBars: true,
        })),
    ];
}

export interface SharedPartner {
    label: string;
    of: string[];
}

/** Institutions that work with more than one of the clusters, those of most first. */
export function sharedPartners(profiles: readonly ClusterProfile[]): SharedPartner[] {
    const seen = new Map<string, SharedPartner>();
    for (const profile of profiles) {
        for (const node of profile.links.nodes.filter((n) => n.kind === 'institution')) {
            const entry = seen.get(node.key) ?? { label: node.label, of: [] };
            if (!entry.of.includes(profile.name)) entry.of.push(profile.name);
            seen.set(node.key, entry);
        }
    }
    return [...seen.values()].filter((p) => p.of.length > 1).sort((a, b) => b.of.length - a.of.length);
}
