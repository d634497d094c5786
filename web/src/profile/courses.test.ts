import { expect, test } from 'vitest';
import type { ClusterYear } from '../api/types';
import { CLUSTER_COURSES, courseOf, isTold, partsOf, pointsOf, sparkOf, type Coverage } from './courses';

const year = (of: number, told: Partial<ClusterYear>): ClusterYear =>
    ({ year: of, enterprises: 10, jobs_index: null, employees: null, public_funding_gbp: null, ...told }) as ClusterYear;
const coverage: Coverage = [
    { series: 'public_funding_gbp', first: 2019, last: 2023, first_is_part: true, last_is_part: false, note: 'From May 2019.' },
];

test('the course of jobs is the like-for-like one, else what is reported', () => {
    const both = [2020, 2021, 2022].map((y) => year(y, { employees: y, jobs_index: 100 }));
    expect(courseOf('employment', both, [])?.course.key).toBe('jobs_index');
    expect(courseOf('employment', both.map((y) => ({ ...y, jobs_index: null })), [])?.course.key).toBe('employees');
});
test('a figure that is not known year by year has none', () =>
    expect(courseOf('location_quotient', [year(2020, {}), year(2021, {}), year(2022, {})], [])).toBeNull());
test('a year held in part would look like a fall', () => {
    const money = [2019, 2020, 2021, 2022].map((y) => year(y, { public_funding_gbp: 5 }));
    expect(courseOf('public_funding_gbp', money, coverage)?.points.map((p) => p.year)).toEqual([2020, 2021, 2022]);
    expect(courseOf('public_funding_gbp', money.slice(0, 3), coverage)).toBeNull();
    expect([partsOf(coverage, 'public_funding_gbp'), partsOf(coverage, 'employees'), partsOf(coverage, null)]).toEqual([[2019], [], []]);
});
test('noughts alone, and a single year, tell nothing', () => {
    const of = (...values: (number | null)[]) => values.map((value, i) => ({ year: 2000 + i, value }));
    expect([of(0, 0, 0), of(null, 3), of(0, 3)].map(isTold)).toEqual([false, false, true]);
    expect([sparkOf(of(0, 0, 0), []), sparkOf(of(1, null, 2), [])]).toEqual([[], []]);
});
test('each course has its points and a file of its own', () => {
    expect(new Set(CLUSTER_COURSES.map((c) => c.file)).size).toBe(CLUSTER_COURSES.length);
    expect(pointsOf([year(2020, { enterprises: 3 })], CLUSTER_COURSES[0]!)).toEqual([{ year: 2020, value: 3 }]);
});
