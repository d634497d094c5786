import { expect, test } from 'vitest';
import type { ClusterItem, ClusterProfile, Figure, Measure } from '../api/types';
import { absence, certainty, figureText, fullBar, itemText, sortFigures, standing } from './lists';

const figure = (measure: string, value: number | null): Figure => ({
    measure, value, low: null, high: null, coverage: null, missing_reason: value === null ? 'no source' : null, suppressed: false,
    rank: null, ranked_of: null, ranked_alike: null,
});
const measure = (name: string, group: string): Measure =>
    ({ measure: name, label: name, unit: 'count', decimals: 0, definition: '', method: '', source: '', group, available: true, clusters: 1 });

const measures = new Map(
    [measure('funding', 'money'), measure('jobs', 'size'), measure('stability', 'certainty'), measure('patents', 'rdi')].map((m) => [m.measure, m]),
);
const profile = {
    figures: [figure('funding', 5), figure('stability', 0.9), figure('patents', null), figure('jobs', 3), figure('odd_one', 1)],
} as ClusterProfile;
const sorted = sortFigures(profile, measures);

test('groups come in reading order, not in the order of the file', () =>
    expect(sorted.groups.map((group) => group.key)).toEqual(['size', 'money', '']));
test('what is missing is kept apart, with its reason', () =>
    expect(sorted.missing.map(({ figure: f }) => f.missing_reason)).toEqual(['no source']));
test('figures about certainty go under how sure we are', () =>
    expect(sorted.sure.map(({ measure: m }) => m.measure)).toEqual(['stability']));
test('a figure without a definition is still shown', () =>
    expect(sorted.groups.at(-1)?.figures[0]?.measure.label).toBe('Odd one'));
test('what is withheld says so, with the rule, and stands apart from what nobody has', () => {
    const withheld: Figure = { ...figure('jobs', null), suppressed: true, missing_reason: 'withheld: one enterprise makes up more than half of it' };
    expect(absence(withheld)).toEqual({
        word: 'withheld',
        why: 'Withheld because one enterprise makes up more than half of it. The methods page has the rules.',
    });
    expect(absence(figure('patents', null))).toEqual({ word: 'not available', why: 'no source' });
    const both = sortFigures({ figures: [withheld, figure('patents', null)] } as ClusterProfile, measures);
    expect([both.withheld, both.missing].map((list) => list.map((shown) => shown.figure.measure))).toEqual([['jobs'], ['patents']]);
});
test('certainty has three steps and none without a figure', () => {
    expect([0.9, 0.7, 0.3].map((s) => certainty(s)?.word)).toEqual(['firm', 'fairly firm', 'fragile']);
    expect(certainty(null)).toBeNull();
});
test('yes and no are words, and a small chance is not rounded to none', () => {
    expect(figureText(measure('is_collaborating', ''), 1)).toBe('yes');
    const chance = { ...measure('collaboration_p', ''), unit: '', decimals: 3 };
    expect([figureText(chance, 0.0004), figureText(chance, 0.0423)]).toEqual(['under 0.001', '0.042']);
});
test('a place is told as people would: shared ones as shared, and none at all not as a place', () => {
    const up = { ...measure('patent_share', 'rdi'), unit: 'share', better: 'up' as const };
    const ranked = (value: number, rank: number, of: number, alike = 1): Figure => ({ ...figure('patent_share', value), rank, ranked_of: of, ranked_alike: alike });
    expect(standing(ranked(0.2, 4, 38), up)).toBe('4th of 38');
    expect(standing(ranked(0.2, 4, 38, 3), up)).toBe('joint 4th of 38');
    expect([standing(ranked(0, 2, 2), up), standing(ranked(0, 30, 85, 40), up)]).toEqual(['1 of 2 has any', '29 of 85 have any']);
    expect(standing(ranked(0, 3, 9), { ...up, measure: 'jobs_growth_1y' })).toBe('3rd of 9');
    expect([standing(ranked(1, 1, 1), up), standing(figure('patent_share', 1), up)]).toEqual(['', '']);
});
test('figures of a group stand in the order of their definitions', () => {
    const two = new Map([measure('first', 'size'), measure('second', 'size')].map((m) => [m.measure, m]));
    const groups = sortFigures({ figures: [figure('second', 1), figure('first', 2)] } as ClusterProfile, two).groups;
    expect(groups[0]?.figures.map((f) => f.figure.measure)).toEqual(['first', 'second']);
});

const item = (value: number | null, unit: string): ClusterItem => ({ position: 1, label: 'x', value, unit, ref: null, note: null });
test('lists that count enterprises are of all of the cluster', () => {
    expect(fullBar([item(4, 'enterprises'), item(1, 'enterprises')], 532)).toBe(532);
    expect(itemText(item(4, 'enterprises'), 1532)).toBe('4 of 1,532');
});
test('other lists are drawn against their largest entry, distances not at all', () => {
    expect(fullBar([item(3, 'deals'), item(8, 'deals'), item(null, 'deals')], 532)).toBe(8);
    expect(fullBar([item(3, 'km')], 532)).toBe(0);
    expect(itemText(item(3, 'deals'), 532)).toBe('3 deals');
    expect(itemText(item(null, 'deals'), 532)).toBe('');
});
