import { expect, test } from 'vitest';
import type { ClusterProfile, Figure, Measure } from '../api/types';
import { absence, certainty, figureText, sortFigures } from './lists';

const figure = (measure: string, value: number | null): Figure => ({
    measure, value, low: null, high: null, coverage: null, missing_reason: value === null ? 'no source' : null, rank: null, ranked_of: null,
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
