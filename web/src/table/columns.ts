import type { ClusterRow } from '../api/types';
import { formatValue } from '../format/numbers';
import type { MeasureChoice } from '../rail/measures';

/** How many figures the table shows beside the name: the first of the choices, and whatever the reader works with. */
const SHOWN = 7;

export function tableColumns(choices: readonly MeasureChoice[], wanted: Iterable<string>): MeasureChoice[] {
    const inUse = new Set(wanted);
    const first = choices.slice(0, SHOWN);
    return [...first, ...choices.filter((choice) => inUse.has(choice.measure) && !first.includes(choice))];
}

/** Where there is room for one figure only: the one the map is coloured by, else the one the list is sorted by, else the first. */
export function leadingFirst(columns: readonly MeasureChoice[], colour: string, sort: string): MeasureChoice[] {
    const of = (measure: string): MeasureChoice | undefined => columns.find((column) => column.measure === measure);
    const lead = of(colour) ?? of(sort.replace(/^-/, ''));
    return lead ? [lead, ...columns.filter((column) => column !== lead)] : [...columns];
}

/** A row's figure; null where it is not available. */
export function cell(row: ClusterRow, measure: string): number | null {
    switch (measure) {
        case 'enterprise_count':
            return row.enterprise_count;
        case 'site_count':
            return row.site_count;
        case 'area_km2':
            return row.area_km2;
        case 'extent_km':
            return row.extent_km;
        default:
            return row.measures[measure] ?? null;
    }
}

export const cellText = (value: number | null, unit: string): string => (value === null ? '–' : formatValue(value, unit));

/** A click on a heading: largest first for figures, A to Z for words, and the other way on the second. */
export function nextSort(current: string, column: string, isWords: boolean): string {
    if (current === column) return `-${column}`;
    if (current === `-${column}`) return column;
    return isWords ? column : `-${column}`;
}

export function ariaSort(current: string, column: string): 'ascending' | 'descending' | 'none' {
    if (current === column) return 'ascending';
    return current === `-${column}` ? 'descending' : 'none';
}
