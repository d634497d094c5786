export interface YearPoint {
    year: number;
    value: number;
}

/** A stretch of years in a row that are known. */
export interface Run {
    points: YearPoint[];
    /** One of its ends is a year that the sources hold in part, so that the step to it is none from year to year. */
    isPart: boolean;
}

/** Cuts a series where a year is not known, and around the steps that lead to or from a year held in part. */
export function runsOf(points: { year: number; value: number | null }[], parts: number[]): Run[] {
    const runs: Run[] = [];
    let isKnown = false;
    for (const { year, value } of points) {
        if (value === null) {
            isKnown = false;
            continue;
        }
        const run = isKnown ? runs[runs.length - 1] : undefined;
        const last = run?.points[run.points.length - 1];
        const isPart = parts.includes(year) || (last !== undefined && parts.includes(last.year));
        if (run && last && (isPart === run.isPart || run.points.length === 1)) {
            run.isPart = isPart;
            run.points.push({ year, value });
        } else {
            runs.push({ points: [...(last ? [last] : []), { year, value }], isPart });
        }
        isKnown = true;
    }
    return runs;
}
