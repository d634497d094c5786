// Which clusters share a mark at which zoom, so that marks do not lie on each other: the strongest keep their place, and what
// would overlap them is gathered with them. Pure: points in, marks out.

export interface GatherPoint {
    lon: number;
    lat: number;
    /** How large its mark is by itself. */
    radiusPx: number;
    /** The zoom from which it needs no mark: there its outline can be read. */
    below: number;
}

export interface GatherOptions {
    /** How far a mark keeps others off at a zoom, whatever their sizes: room for its name. Marks are ranked by strength, from 0. */
    gapPx: (zoom: number, rank: number) => number;
    /** How large the mark of several is. */
    ringRadiusPx: (count: number) => number;
}

/** One mark: the points it stands for, the strongest (which gives it its place) first. */
export type Mark = number[];

const TILE_PX = 512;
/** The zoom of the first marks and, where every outline can be read, of the last. */
export const [GATHER_FROM, GATHER_TO] = [2, 14] as const;
/** Marks are shown from a zoom to the next, where they are twice as far apart: they are gathered for the middle of it. */
const MIDDLE = 0.5;
/** Of two radii together: a little room between marks in the middle of a zoom, a little overlap at its start. */
const REACH = 1.1;

interface Placed {
    x: number;
    y: number;
    mark: Mark;
    radiusPx: number;
    rank: number;
}

/** On the unit square of the Mercator projection. */
function project({ lon, lat }: GatherPoint): [number, number] {
    const sin = Math.sin((lat * Math.PI) / 180);
    return [lon / 360 + 0.5, 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)];
}

/** One number a cell: there are fewer rows than this at any zoom. */
const ROWS = 2 ** 24;
const cellAt = (column: number, row: number): number => column * ROWS + row;
const NONE: readonly Placed[] = [];

/** Looks things up by where they are: cells as wide as any reach, so that the neighbours are in the nine around. */
class Grid {
    readonly #cells = new Map<number, Placed[]>();
    constructor(private readonly cellPx: number) {}

    add(placed: Placed): void {
        const key = cellAt(Math.floor(placed.x / this.cellPx), Math.floor(placed.y / this.cellPx));
        const cell = this.#cells.get(key);
        if (cell) cell.push(placed);
        else this.#cells.set(key, [placed]);
    }

    /** The nearest of those that `reach` this one; null where none does. */
    nearest(one: Placed, reach: (other: Placed) => number): Placed | null {
        const [column, row] = [Math.floor(one.x / this.cellPx), Math.floor(one.y / this.cellPx)];
        let [best, least] = [null as Placed | null, Infinity];
        for (let i = column - 1; i <= column + 1; ++i) {
            for (let j = row - 1; j <= row + 1; ++j) {
                for (const other of this.#cells.get(cellAt(i, j)) ?? NONE) {
                    const distance = Math.sqrt((other.x - one.x) ** 2 + (other.y - one.y) ** 2);
                    if (distance < least && distance < reach(other)) [best, least] = [other, distance];
                }
            }
        }
        return best;
    }
}

const byLead = (a: Mark, b: Mark): number => (a[0] ?? 0) - (b[0] ?? 0);

/** Once through all, the strongest first: each keeps its place or joins the nearest that it would overlap. */
function pass(marks: readonly Placed[], gapPx: (rank: number) => number, ringRadiusPx: (count: number) => number): Placed[] {
    const widest = marks.reduce((most, { radiusPx }) => Math.max(most, radiusPx), ringRadiusPx(Infinity));
    const grid = new Grid(Math.max(gapPx(0), 2 * REACH * widest));
    const kept: Placed[] = [];
    for (const one of marks) {
        const home = grid.nearest(one, (other) => Math.max(gapPx(other.rank), REACH * (one.radiusPx + other.radiusPx)));
        if (home) {
            home.mark = home.mark.concat(one.mark);
            home.radiusPx = Math.max(home.radiusPx, ringRadiusPx(home.mark.length));
        } else {
            const placed = { ...one, rank: kept.length };
            grid.add(placed);
            kept.push(placed);
        }
    }
    return kept;
}

/**
 * The marks of each zoom from GATHER_FROM to GATHER_TO; `result[0]` is the first.
 * \param points the strongest first; what is gathered at a zoom is gathered further out too
 * \returns per zoom the marks, by their strongest point; every point is in exactly one at each zoom below its own
 */
export function gather(points: readonly GatherPoint[], { gapPx, ringRadiusPx }: GatherOptions): Mark[][] {
    const unit = points.map(project);
    const levels: Mark[][] = [];
    let marks: Mark[] = [];
    let next = 0;
    const waiting = points.map((_, i) => i).sort((a, b) => (points[b]?.below ?? 0) - (points[a]?.below ?? 0));
    for (let zoom = GATHER_TO; zoom >= GATHER_FROM; --zoom) {
        // From here outwards these are too small for an outline.
        for (; next < waiting.length && (points[waiting[next] ?? 0]?.below ?? 0) > zoom; ++next) marks.push([waiting[next] ?? 0]);
        const scale = TILE_PX * 2 ** (zoom + MIDDLE);
        let placed = marks.sort(byLead).map((mark): Placed => {
            const lead = mark[0] ?? 0;
            const [x, y] = unit[lead] ?? [0, 0];
            const own = points[lead]?.radiusPx ?? 0;
            return { x: x * scale, y: y * scale, mark, radiusPx: mark.length > 1 ? ringRadiusPx(mark.length) : own, rank: 0 };
        });
        // What has gathered others is larger than it was, and may overlap again.
        for (let before = Infinity; placed.length < before; ) {
            before = placed.length;
            placed = pass(placed, (rank) => gapPx(zoom, rank), ringRadiusPx);
        }
        marks = placed.map(({ mark }) => mark.sort((a, b) => a - b));
        levels.unshift([...marks]);
    }
    return levels;
}
