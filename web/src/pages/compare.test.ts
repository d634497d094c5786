import { describe, expect, test } from 'vitest';
import type { ClusterProfile, Figure, Measure, Selection } from '../api/types';
import { areaRows, clusterRows, sharedPartners } from './compare';

const figure = (measure: string, value: number | null): Figure =>
    ({ measure, value, low: null, high: null, coverage: null, missing_reason: value === null ? 'no accounts' : null, rank: null, ranked_of: null });
const measure = (name: string, group: string, unit = 'count'): [string, Measure] =>
    [name, { measure: name, label: name, unit, group, decimals: 0, definition: '', method: '', source: '', available: true, clusters: 1 }];
const profile = (name: string, figures: Figure[], partners: string[] = []): ClusterProfile =>
    ({ name, enterprise_count: 10, figures, links: { nodes: partners.map((key) => ({ key, kind: 'institution', label: key })), edges: [] } }) as unknown as ClusterProfile;

describe('clusters side by side', () => {
    const measures = new Map([measure('patents', 'rdi'), measure('jobs', 'size'), measure('founded', 'size', 'year')]);
    const rows = clusterRows([profile('a', [figure('patents', 3), figure('jobs', null)]), profile('b', [figure('jobs', 7), figure('founded', 1999)])], measures);
    test('come in the order of a profile: size before research', () =>
        expect(rows.map((r) => r.label)).toEqual(['Enterprises', 'jobs', 'founded', 'patents']));
    test('say why a figure is not there', () =>
        expect(rows[1]?.cells[0]).toEqual({ text: 'not available', value: null, note: 'no accounts' }));
    test('say that a figure is withheld, and why', () => {
        const hidden: Figure = { ...figure('patents', null), suppressed: true, missing_reason: 'withheld: it is fewer than 10' };
        const cell = clusterRows([profile('a', [hidden]), profile('b', [figure('patents', 30)])], measures)[1]?.cells[0];
        expect(cell).toEqual({ text: 'withheld', value: null, note: 'Withheld because it is fewer than 10. The methods page has the rules.' });
    });
    test('give years no bars', () => expect(rows[2]?.hasBars).toBe(false));
    test('share the institutions that work with more than one', () =>
        expect(sharedPartners([profile('a', [], ['x', 'y']), profile('b', [], ['y'])])).toEqual([{ label: 'y', of: ['a', 'b'] }]));
});

describe('areas side by side', () => {
    const area = (firms: number, quotient: number, low: number, withheld = false): Selection =>
        ({
            withheld,
            number_matched: 0,
            cluster_ids: [],
            clusters: [],
            totals: { firms, sites: firms, rdi_active_firms: 1, rdi_active_share: 0.1, employees: null, institutions: 0 },
            sectors: [{ sector: { slug: 'space', name: 'Space' }, location_quotient: quotient, low, high: 9 }],
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
    test('keep withheld totals back', () => {
        const cells = areaRows([area(4, 2, 0.8, true), area(100, 2, 1.4)])[0]?.cells;
        expect(cells?.map((cell) => cell.text)).toEqual(['withheld', '100']);
        expect(cells?.[0]?.value).toBeNull();
    });
});
