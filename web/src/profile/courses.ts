// What of a cluster or an area is known year by year, and what it is a course of.
import type { AreaYear, Atlas, ClusterYear, YearSeries } from '../api/types';
import { formatCount, formatMoney, formatShare } from '../format/numbers';
import type { YearPoint } from '../charts/runs';

export interface Course<Year> {
    key: keyof Year & string;
    /** Its name in the glossary. */
    term: string;
    /** The figure of a profile that it is the course of. */
    measure: string | null;
    /** Which coverage of years says what the sources hold of it. */
    series: YearSeries | null;
    format: (value: number) => string;
    /** What its files are called. */
    file: string;
}

export type Known = { year: number; value: number | null };
type Cluster = Course<ClusterYear>;

/** In the order of a profile. Of two for one measure the first that has enough years is its course. */
export const CLUSTER_COURSES: readonly Cluster[] = [
    { key: 'enterprises', term: 'year.enterprises', measure: 'enterprise_count', series: null, format: formatCount, file: 'enterprises' },
    { key: 'rdi_active_share', term: 'year.rdi_active_share', measure: 'rdi_active_share', series: null, format: formatShare, file: 'rdi-active-share' },
    { key: 'jobs_index', term: 'year.jobs_index', measure: 'employment', series: 'employees', format: formatCount, file: 'jobs-index' },
    { key: 'employees', term: 'year.employees', measure: 'employment', series: 'employees', format: formatCount, file: 'jobs' },
    { key: 'public_funding_gbp', term: 'public_funding_gbp', measure: 'public_funding_gbp', series: 'public_funding_gbp', format: formatMoney, file: 'public-funding' },
    { key: 'projects', term: 'year.projects', measure: null, series: 'public_funding_gbp', format: formatCount, file: 'projects' },
    { key: 'private_investment_gbp', term: 'private_investment_gbp', measure: 'private_investment_gbp', series: 'private_investment_gbp', format: formatMoney, file: 'investment' },
    { key: 'deals', term: 'year.deals', measure: 'deals', series: 'private_investment_gbp', format: formatCount, file: 'deals' },
    { key: 'patents', term: 'year.patents', measure: 'patents', series: 'patents', format: formatCount, file: 'patents' },
];

export const AREA_COURSES: readonly Course<AreaYear>[] = [
    { key: 'enterprises', term: 'area.year.enterprises', measure: null, series: null, format: formatCount, file: 'firms' },
    { key: 'employees', term: 'area.year.employees', measure: null, series: 'employees', format: formatCount, file: 'jobs' },
    { key: 'public_funding_gbp', term: 'area.year.public_funding_gbp', measure: null, series: 'public_funding_gbp', format: formatMoney, file: 'public-funding' },
    { key: 'projects', term: 'area.year.projects', measure: null, series: 'public_funding_gbp', format: formatCount, file: 'projects' },
    { key: 'private_investment_gbp', term: 'area.year.private_investment_gbp', measure: null, series: 'private_investment_gbp', format: formatMoney, file: 'investment' },
];

export const pointsOf = <Year extends { year: number }>(years: readonly Year[], { key }: Course<Year>): Known[] =>
    years.map((year) => ({ year: year.year, value: (year[key] as number | null | undefined) ?? null }));

export type Coverage = Atlas['year_coverage'];
export const coverageOf = (coverage: Coverage, series: YearSeries | null): Coverage[number] | undefined => coverage.find((c) => c.series === series);

/** Years that the sources hold in part. */
export function partsOf(coverage: Coverage, series: YearSeries | null): number[] {
    const held = coverageOf(coverage, series);
    return held ? [...(held.first_is_part ? [held.first] : []), ...(held.last_is_part ? [held.last] : [])] : [];
}

/** A line of nothing but zeros, or of one year, tells nothing. */
export const isTold = (points: readonly Known[]): boolean => {
    const known = points.filter(({ value }) => value !== null);
    return known.length > 1 && known.some(({ value }) => value !== 0);
};

/** What a line the height of a word can show: the whole years that are known, three or more, not all nought. */
export function sparkOf(points: readonly Known[], parts: readonly number[]): YearPoint[] {
    const whole = points.flatMap(({ year, value }) => (value === null || parts.includes(year) ? [] : [{ year, value }]));
    return whole.length > 2 && whole.some(({ value }) => value !== 0) ? whole : [];
}

/** The course of a figure in a profile; null where nothing is known year by year. */
export function courseOf(measure: string, years: readonly ClusterYear[], coverage: Coverage): { course: Cluster; points: YearPoint[] } | null {
    for (const course of CLUSTER_COURSES) {
        if (course.measure !== measure) continue;
        const points = sparkOf(pointsOf(years, course), partsOf(coverage, course.series));
        if (points.length > 0) return { course, points };
    }
    return null;
}
