// Clusters as they were in a year, from the timeline's enterprises alive at the end of each.
import type { ClusterRow, Timeline } from '../api/types';

/** Enterprises of each cluster at the end of a year; with a window, by how many it grew in the years up to it (never below 0). */
export function enterprisesAt(timeline: Timeline, year: number, window: number): Map<number, number> {
    const at = timeline.years.indexOf(year);
    const before = timeline.years.indexOf(year - window);
    if (at < 0) return new Map();
    return new Map(
        timeline.clusters.map(({ cluster_id, enterprises }) => {
            const then = enterprises[at] ?? 0;
            if (window === 0) return [cluster_id, then];
            // The years before the first are not known: counted from the first.
            return [cluster_id, Math.max(0, then - (enterprises[Math.max(before, 0)] ?? 0))];
        }),
    );
}

/** The year of an address as the atlas has it: the nearest of its years; null where it has none. */
export function yearWithin(years: { first: number; last: number } | null, year: number | null): number | null {
    return years === null || year === null ? null : Math.min(Math.max(year, years.first), years.last);
}

/** The clusters sized by a year's enterprises; those that had none are left out. */
export function atYear(rows: readonly ClusterRow[], timeline: Timeline, year: number, window: number): ClusterRow[] {
    const then = enterprisesAt(timeline, year, window);
    return rows
        .map((row) => ({ ...row, enterprise_count: then.get(row.cluster_id) ?? 0 }))
        .filter((row) => row.enterprise_count > 0)
        .sort((a, b) => b.enterprise_count - a.enterprise_count || a.cluster_id - b.cluster_id);
}
