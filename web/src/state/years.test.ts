import { expect, test } from 'vitest';
import type { ClusterRow, Timeline } from '../api/types';
import { atYear, enterprisesAt, yearWithin } from './years';

const timeline: Timeline = {
    years: [2019, 2020, 2021],
    clusters: [
        { cluster_id: 1, slug: 'a', enterprises: [2, 5, 9] },
        { cluster_id: 2, slug: 'b', enterprises: [10, 8, null] },
    ],
};
const rows = [1, 2].map((cluster_id) => ({ cluster_id, enterprise_count: 99 })) as ClusterRow[];

test('a year shows those alive at its end, largest first', () =>
    expect(atYear(rows, timeline, 2020, 0).map((r) => [r.cluster_id, r.enterprise_count])).toEqual([[2, 8], [1, 5]]));
test('a window shows how much was added, and nothing where enterprises were lost', () =>
    expect([...enterprisesAt(timeline, 2020, 1)]).toEqual([[1, 3], [2, 0]]));
test('a window that begins before the first year counts from the first', () => expect(enterprisesAt(timeline, 2021, 5).get(1)).toBe(7));
test('a cluster without enterprises in the year is not on the map', () =>
    expect(atYear(rows, timeline, 2021, 0).map((r) => r.cluster_id)).toEqual([1]));
test('a year outside the timeline has nobody', () => expect(enterprisesAt(timeline, 1990, 0).size).toBe(0));
test('a year of the address before the first or after the last is that one; without years there is none', () => {
    const years = { first: 2014, last: 2024 };
    expect([2010, 2014, 2020, 2030, null].map((year) => yearWithin(years, year))).toEqual([2014, 2014, 2020, 2024, null]);
    expect(yearWithin(null, 2020)).toBeNull();
});
