import { expect, test } from 'vitest';
import type { ClusterRow } from '../api/types';
import { FIGURE_OPACITY, ringColourOf, TYPE_TINT } from './colours';
import { hasOthersThan } from './inputs';
import { inRows, legendOf, wrapped } from './picture';

const key = { atlas: { cluster_types: ['specialised' as const] }, theme: 'light' as const, categories: [], hasOthers: false, classes: null, choice: undefined, hasRings: false, isOfAll: false, hasMissing: false };

test('the keys of a picture go on in a second row where the first is full', () => {
    const keys = ['one', 'two', 'three', 'a very long one'].map((label) => ({ label }));
    const rows = inRows(keys, (label) => label.length * 10, 100);
    expect(rows.map((row) => row.map(({ label }) => label))).toEqual([['one', 'two'], ['three'], ['a very long one']]);
});
test('a long line of sources goes on in the next, and is never cut', () => {
    const lines = wrapped('one two three unbreakable-word four', (text) => text.length * 10, 100);
    expect(lines).toEqual(['one two', 'three', 'unbreakable-word', 'four']);
    expect(wrapped('', () => 0, 100)).toEqual(['']);
});
test('a picture coloured by a figure tells its classes', () => {
    const classes = { breaks: [1, 10, 40], colours: ['#aaa', '#333'] };
    const choice = { measure: 'employment', label: 'Jobs', unit: 'count' };
    expect(legendOf('employment', { ...key, classes, choice }).map(({ label }) => label)).toEqual(['Jobs 1 to 10', '10 to 40']);
    expect(legendOf('employment', { ...key, classes, choice, hasMissing: true }).at(-1)?.label).toBe('Not available');
});
test('a picture coloured by type tells the types there are', () =>
    expect(legendOf('type', key).map(({ label }) => label)).toEqual(['Specialised']));
test('the key of a picture has the tints and outlines that the map has', () => {
    const atlas = { cluster_types: ['specialised' as const, 'diverse' as const] };
    expect(legendOf('type', { ...key, atlas }).map(({ tint, line }) => [tint, line])).toEqual([[TYPE_TINT, 'solid'], [TYPE_TINT, 'dashed']]);
    const classes = { breaks: [1, 10], colours: ['#aaa'] };
    const choice = { measure: 'employment', label: 'Jobs', unit: 'count' };
    const tintOf = (isOfAll: boolean) => legendOf('employment', { ...key, classes, choice, isOfAll })[0]?.tint;
    expect(tintOf(false)).toBe(FIGURE_OPACITY);
    expect(tintOf(true)).toBeUndefined();
});
test('where clusters are gathered the key has the colours of the rings', () => {
    const atlas = { cluster_types: ['not_rdi_active' as const] };
    const [ring, alone] = [true, false].map((hasRings) => legendOf('type', { ...key, atlas, hasRings })[0]?.colour);
    expect(ring).toBe(ringColourOf('not_rdi_active', 'light'));
    expect(alone).not.toBe(ring);
});
test('a picture coloured by sector tells of others only where there are any', () => {
    const row = (slug: string): ClusterRow => ({ sector: { slug, name: slug } }) as ClusterRow;
    const categories = [{ slug: 'space', name: 'Space' }];
    const labels = (rows: ClusterRow[]): string[] =>
        legendOf('sector', { ...key, categories, hasOthers: hasOthersThan(categories, rows) }).map(({ label }) => label);
    expect(labels([row('space'), row('space')])).toEqual(['Space']);
    expect(labels([row('space'), row('pharma')])).toEqual(['Space', 'Other sectors']);
});
