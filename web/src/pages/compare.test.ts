import { describe, expect, test } from 'vitest';
import type { ClusterProfile, ClusterYear, Figure, Measure, Selection, SharedPartners } from '../api/types';
import { CLUSTER_COURSES } from '../profile/courses';
import { areaRows, clusterRows, partnerRows, trendsOf } from './compare';

const figure = (measure: string, value: number | null): Figure =>
    ({ measure, value, low: null, high: null, coverage: null, missing_reason: value === null ? 'no accounts' : null, suppressed: false, rank: null, ranked_of: null, ranked_alike: null });
const measure = (name: string, group: string, unit = 'count'): [string, Measure] =>
    [name, { measure: name, label: name, unit, group, decimals: 0, definition: '', method: '', source: '', available: true, clusters: 1 }];
const profile = (name: string, figures: Figure[]): ClusterProfile => ({ name, figures }) as unknown as ClusterProfile;

describe('clusters side by side', () => {
    const measures = new Map([measure('patents', 'rdi'), measure('jobs', 'size'), measure('founded', 'size', 'year')]);
    const rows = clusterRows([profile('a', [figure('patents', 3), figure('jobs', null)]), profile('b', [figure('jobs', 7), figure('founded', 1999)])], measures);
    test('come in the order of a profile: size before research', () =>
        expect(rows.map((r) => r.label)).toEqual(['jobs', 'founded', 'patents']));
    test('say why a figure is not there', () =>
        expect(rows[0]?.cells[0]).toEqual({ text: 'not available', value: null, note: 'no accounts' }));
    test('say that a figure is withheld, and why', () => {
        const hidden: Figure = { ...figure('patents', null), suppressed: true, missing_reason: 'withheld: it is fewer than 10' };
        const cell = clusterRows([profile('a', [hidden]), profile('b', [figure('patents', 30)])], measures)[0]?.cells[0];
        expect(cell).toEqual({ text: 'withheld', value: null, note: 'Withheld because it is fewer than 10. The methods page has the rules.' });
    });
    test('give years no bars', () => expect(rows[1]?.hasBars).toBe(false));
    test('name what each row tells, for its definition', () => expect(rows.map((r) => r.term)).toEqual(['jobs', 'founded', 'patents']));
    test('have a column of projects each for a partner of several', () => {
        const answer: SharedPartners = {
            compared: ['a', 'b', 'c'],
            partners: [{ kind: 'firm', key: '1', label: 'X', of: [{ place: 0, projects: 2 }, { place: 2, projects: 5 }] }],
        };
        const rowsOf = partnerRows(answer, true);
        expect(rowsOf.map((row) => row.cells.map((cell) => cell.value))).toEqual([[2, null, 5]]);
        expect([rowsOf[0]?.top, rowsOf[0]?.to?.open]).toEqual([5, { kind: 'firm', key: '1' }]);
        expect(partnerRows(answer, false)[0]?.to).toBeUndefined();
    });
});

describe('areas side by side', () => {
    const area = (firms: number, quotient: number, low: number, withheld = false): Selection =>
        ({
            withheld,
            number_matched: 0,
            cluster_ids: [],
            clusters: [],
            totals: { firms, sites: firms, rdi_active_firms: 1, rdi_active_share: 0.1, employees: null, institutions: 0 },
            sectors: [{ sector: { slug: 'space', name: 'Space' }, firms: 12, location_quotient: quotient, low, high: 9 }],
        }) as unknown as Selection;
    test('show a sector only where it is clearly more common', () => {
        const labels = (areas: Selection[]): string[] => areaRows(areas).map((r) => r.label);
        expect(labels([area(100, 2, 1.4)])).toContain('Location quotient, Space');
        expect(labels([area(100, 2, 0.8)])).not.toContain('Location quotient, Space');
    });
    test('tell a sector without firms from one that is not known', () => {
        const none = { ...area(50, 0, 0), sectors: [] } as unknown as Selection;
        const cells = areaRows([area(100, 2, 1.4), none]).find((r) => r.label.endsWith('Space'))?.cells;
        expect(cells?.map((cell) => cell.text)).toEqual(['2.0 (1.4–9.0)', 'no firms']);
    });
    test('say nothing of a handful', () => {
        const handful = area(100, 40, 3);
        handful.sectors[0]!.firms = 2;
        expect(areaRows([handful]).some((r) => r.label.startsWith('Location quotient'))).toBe(false);
        const cell = areaRows([area(100, 2, 1.4), handful]).find((r) => r.label.endsWith('Space'))?.cells[1];
        expect([cell?.text, cell?.value]).toEqual(['too few to say', null]);
    });
    test('keep withheld totals back', () => {
        const cells = areaRows([area(4, 2, 0.8, true), area(100, 2, 1.4)])[0]?.cells;
        expect(cells?.map((cell) => cell.text)).toEqual(['withheld', '100']);
        expect(cells?.[0]?.value).toBeNull();
    });
});

describe('years side by side', () => {
    const years = (from: number, ...values: (number | null)[]): ClusterYear[] =>
        values.map((value, i) => ({ year: from + i, enterprises: 0, public_funding_gbp: value }) as ClusterYear);
    const trends = trendsOf(CLUSTER_COURSES, [
        { label: 'a', years: years(2018, null, 3, 4) },
        { label: 'b', years: years(2019, 5, null, 7) },
    ]);
    test('stand over the same years, without those nobody knows', () => {
        expect(trends.map((t) => t.course.key)).toEqual(['public_funding_gbp']);
        expect(trends[0]?.years).toEqual([2019, 2020, 2021]);
        expect(trends[0]?.lines.map((line) => line.values)).toEqual([[3, 4, null], [5, null, 7]]);
    });
    test('of nothing but noughts there is none', () => expect(trendsOf(CLUSTER_COURSES, [{ label: 'a', years: years(2019, 0, 0) }])).toEqual([]));
});
