import { expect, test } from 'vitest';
import { rowsOf, textRowsOf } from './distribution';

const histogram = { bins: [{ from: 1.25, to: 10, count: 3 }, { from: 10, to: 20, count: 0 }, { from: 20, to: 31.5, count: 1 }], missing: 2 };

test('the file has every bar at full precision and those without the figure', () =>
    expect(rowsOf(histogram)).toEqual([[1.25, 10, 3], [10, 20, 0], [20, 31.5, 1], [null, null, 2]]));
test('the rows add up to the clusters there are', () => expect(rowsOf(histogram).reduce((sum, [, , count]) => sum + count, 0)).toBe(6));
test('the table is rounded and leaves out what is empty', () =>
    expect(textRowsOf(histogram, 'ratio')).toEqual([['1.3', '10.0', '3'], ['20.0', '31.5', '1'], ['not available', '', '2']]));
test('where all have the figure nothing is said of others', () => expect(textRowsOf({ ...histogram, missing: 0 }, 'count')).toHaveLength(2));
