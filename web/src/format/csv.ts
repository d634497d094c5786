// Small tables of the page's own as CSV (RFC 4180) in a link; larger ones come from the server. They end as its files do: each row
// says whose data it is.
import type { Atlas } from '../api/types';

type Provenance = Pick<Atlas, 'is_example' | 'data_source' | 'data_licence'>;
type Cell = string | number | null | undefined;

const NUMBER = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i;

/** Quoted where it must be; a text that a spreadsheet would take for a formula gets a leading apostrophe. As src/store/csv_file.cpp does it. */
function quote(cell: Cell): string {
    if (cell == null) return '';
    if (typeof cell === 'number') return String(cell);
    const text = (/^[=+\-@\t\r\n＝＋－＠]/.test(cell) && !NUMBER.test(cell)) ? `'${cell}` : cell;
    return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

export const toCsv = (head: readonly Cell[], rows: readonly (readonly Cell[])[]): string =>
    [head, ...rows].map((row) => row.map(quote).join(',')).join('\r\n');

/** The table as the address of a link to be saved. */
export const csvHref = (of: Provenance, head: readonly Cell[], rows: readonly (readonly Cell[])[]): string => {
    const csv = toCsv([...head, 'data_source', 'data_licence'], rows.map((row) => [...row, of.data_source, of.data_licence]));
    return `data:text/csv;charset=utf-8,${encodeURIComponent(csv)}`;
};

/** What the file is called: example data says so wherever it goes. */
export const csvName = (of: Provenance, name: string): string => (of.is_example ? `example-data-${name}` : name);
