import { expect, test } from 'vitest';
import { gather, GATHER_FROM, GATHER_TO, type GatherPoint } from './gather';

/** The same numbers on every run. */
function numbers(seed: number): () => number {
    let state = seed;
    return () => {
        state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
        return state / 2 ** 32;
    };
}
const next = numbers(7);
const heap = (n: number): GatherPoint[] =>
    Array.from({ length: n }, (_, i) => ({ lon: -1 + next() ** 3 * 4, lat: 52 + next() ** 2 * 3, radiusPx: Math.max(4, 20 - i / 10), below: 4 + next() * 8 }));
const ringRadiusPx = (count: number): number => Math.min(25, 8 + 1.7 * Math.log2(count));
const options = { gapPx: () => 0, ringRadiusPx };

const at = ({ lon, lat }: GatherPoint, zoom: number): [number, number] => {
    const sin = Math.sin((lat * Math.PI) / 180);
    const scale = 512 * 2 ** zoom;
    return [(lon / 360) * scale, (-Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * scale];
};
const radiusOf = (mark: number[], points: GatherPoint[]): number => (mark.length > 1 ? ringRadiusPx(mark.length) : points[mark[0]!]!.radiusPx);

test('every cluster is in exactly one mark of each zoom at which it has no outline, and in none from there on', () => {
    const points = heap(300);
    const levels = gather(points, options);
    expect(levels).toHaveLength(GATHER_TO - GATHER_FROM + 1);
    levels.forEach((marks, level) =>
        expect(marks.flat().sort((a, b) => a - b)).toEqual(points.flatMap(({ below }, i) => (below > level + GATHER_FROM ? [i] : []))),
    );
});
test('no two marks lie on each other in the middle of a zoom', () => {
    const points = heap(300);
    gather(points, options).forEach((marks, level) =>
        marks.forEach((a, i) =>
            marks.slice(i + 1).forEach((b) => {
                const [p, q] = [at(points[a[0]!]!, level + GATHER_FROM + 0.5), at(points[b[0]!]!, level + GATHER_FROM + 0.5)];
                expect(Math.hypot(p[0] - q[0], p[1] - q[1])).toBeGreaterThanOrEqual(radiusOf(a, points) + radiusOf(b, points));
            }),
        ),
    );
});
test('the strongest of a mark comes first and what is together near is together further out', () => {
    const levels = gather(heap(200), options);
    for (const mark of levels.flat()) expect(mark[0]).toBe(Math.min(...mark));
    levels.slice(0, -1).forEach((marks, level) => {
        const home = new Map(marks.flatMap((mark) => mark.map((point) => [point, mark[0]!] as const)));
        for (const mark of levels[level + 1]!) expect(new Set(mark.map((point) => home.get(point))).size).toBe(1);
    });
});
test('points far apart are marks of their own, and a gap keeps room for names', () => {
    const two = [0, 1].map((lon) => ({ lon, lat: 50, radiusPx: 5, below: 20 }));
    // A degree is 32 px in the middle of zoom 4.
    expect(gather(two, options)[4 - GATHER_FROM]).toEqual([[0], [1]]);
    expect(gather(two, { ...options, gapPx: (zoom) => (zoom === 4 ? 40 : 0) })[4 - GATHER_FROM]).toEqual([[0, 1]]);
    expect(gather([], options).flat()).toEqual([]);
});
