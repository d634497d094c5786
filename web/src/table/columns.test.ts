import { expect, test } from 'vitest';
import type { ClusterRow } from '../api/types';
import { ariaSort, cell, cellText, leadingFirst, nextSort, tableColumns } from './columns';

const choices = Array.from({ length: 12 }, (_, i) => ({ measure: `m${i}`, label: `M ${i}`, unit: 'count' }));

test('the first click on a figure puts the largest first, the second the smallest', () => {
    expect(nextSort('name', 'jobs', false)).toBe('-jobs');
    expect(nextSort('-jobs', 'jobs', false)).toBe('jobs');
    expect(nextSort('jobs', 'jobs', false)).toBe('-jobs');
});
test('the first click on a name starts at A', () => expect(nextSort('-jobs', 'name', true)).toBe('name'));
test('assistive technology hears the order', () =>
    expect([ariaSort('-jobs', 'jobs'), ariaSort('jobs', 'jobs'), ariaSort('name', 'jobs')]).toEqual([
        'descending', 'ascending', 'none',
    ]));
test('a figure in use joins the columns even when it is far down the list', () =>
    expect(tableColumns(choices, ['m10', 'm1']).map((c) => c.measure)).toEqual(['m0', 'm1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm10']));
test('a missing figure is a dash, not zero', () => {
    const row = { measures: { pay: null } } as unknown as ClusterRow;
    expect(cellText(cell(row, 'pay'), 'gbp')).toBe('–');
    expect(cellText(cell(row, 'unknown'), 'gbp')).toBe('–');
});
test('where there is room for one figure it is the one in question', () => {
    expect(leadingFirst(choices, 'm3', '-m5')[0]?.measure).toBe('m3');
    expect(leadingFirst(choices, 'type', '-m5')[0]?.measure).toBe('m5');
    expect(leadingFirst(choices, 'type', 'name').map((c) => c.measure)).toEqual(choices.map((c) => c.measure));
});
