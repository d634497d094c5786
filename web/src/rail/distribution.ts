// How many clusters have how much of a figure: the bars of a filter as rows.
import type { Histogram } from '../api/types';
import { formatCount, formatValue } from '../format/numbers';

export const CSV_HEAD = ['from', 'to', 'clusters'] as const;

type Row = [number | null, number | null, number];

/** The bars, and a last row without edges of those whose figure is not available. */
export const rowsOf = ({ bins, missing }: Pick<Histogram, 'bins' | 'missing'>): Row[] => [
    ...bins.map(({ from, to, count }): Row => [from, to, count]),
    ...(missing > 0 ? [[null, null, missing] as Row] : []),
];

/** The same for reading: bars without a cluster are left out. */
export const textRowsOf = (histogram: Pick<Histogram, 'bins' | 'missing'>, unit: string): string[][] =>
    rowsOf(histogram)
        .filter(([, , count]) => count > 0)
        .map(([from, to, count]) => [from === null ? 'not available' : formatValue(from, unit), to === null ? '' : formatValue(to, unit), formatCount(count)]);
