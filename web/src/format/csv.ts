// Small tables of the page's own as CSV (RFC 4180) in a link; larger ones come from the server.

type Cell = string | number | null | undefined;

/** Quoted where it must be; a text that a spreadsheet would take for a formula gets a leading apostrophe. */
function quote(cell: Cell): string {
    if (cell == null) return '';
    if (typeof cell === 'number') return String(cell);
    const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
    return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

export const toCsv = (head: readonly Cell[], rows: readonly (readonly Cell[])[]): string =>
    [head, ...rows].map((row) => row.map(quote).join(',')).join('\r\n');

/** The table as the address of a link to be saved. */
export const csvHref = (head: readonly Cell[], rows: readonly (readonly Cell[])[]): string =>
    `data:text/csv;charset=utf-8,${encodeURIComponent(toCsv(head, rows))}`;
