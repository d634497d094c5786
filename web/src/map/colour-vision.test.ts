// How the colours look to people who see fewer: each pair that must be told apart is, under every simulation.
import { describe, expect, test } from 'vitest';
import { COMPARE_LIMIT } from '../state/url';
import { BASE, CATEGORY_COUNT, categoryColour, classify, lineLook, ringColourOf, TYPE_LOOKS } from './colours';

type Rgb = [number, number, number];
type Matrix = [Rgb, Rgb, Rgb];

/** How each kind of dichromat sees a colour (Viénot, Brettel and Mollon 1999, on linear RGB). */
const VISION: Record<string, Matrix> = {
    'full colour vision': [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    protanopia: [[0.11238, 0.88762, 0], [0.11238, 0.88762, 0], [0.00401, -0.00401, 1]],
    deuteranopia: [[0.29275, 0.70725, 0], [0.29275, 0.70725, 0], [-0.02234, 0.02234, 1]],
    tritanopia: [[1, 0.15236, -0.15236], [0, 0.86717, 0.13283], [0, 0.86717, 0.13283]],
};

function linear(hex: string): Rgb {
    return [1, 3, 5].map((i) => {
        const channel = parseInt(hex.slice(i, i + 2), 16) / 255;
        return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
    }) as Rgb;
}

/** Oklab (Ottosson 2020): equal steps look equal. */
function oklab([r, g, b]: Rgb): Rgb {
    const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    return [
        0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
        1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
        0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
    ];
}

function seen(hex: string, matrix: Matrix): Rgb {
    const colour = linear(hex);
    return oklab(matrix.map((row) => Math.min(1, Math.max(0, row[0] * colour[0] + row[1] * colour[1] + row[2] * colour[2]))) as Rgb);
}

/** A hundredfold Oklab distance; about 2 can just be seen side by side, 7 can be told apart in a legend. */
function distance(a: string, b: string, matrix: Matrix): number {
    const [x, y] = [seen(a, matrix), seen(b, matrix)];
    return 100 * Math.hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2]);
}

function closest(colours: readonly string[], matrix: Matrix): { pair: string; distance: number } {
    const pairs = colours.flatMap((a, i) => colours.slice(i + 1).map((b) => ({ pair: `${a} ${b}`, distance: distance(a, b, matrix) })));
    return pairs.reduce((best, pair) => (pair.distance < best.distance ? pair : best));
}

function contrast(a: string, b: string): number {
    const luminance = (hex: string): number => {
        const [r, g, blue] = linear(hex);
        return 0.2126 * r + 0.7152 * g + 0.0722 * blue;
    };
    const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
    return (light + 0.05) / (dark + 0.05);
}

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
    const types = Object.values(TYPE_LOOKS).map((look) => look[theme]);
    const ring = Object.keys(TYPE_LOOKS).map((type) => ringColourOf(type, theme));
    const categories = Array.from({ length: CATEGORY_COUNT + 1 }, (_, i) => categoryColour(i, theme));
    const counts = Array.from({ length: 100 }, (_, i) => i + 1);

    describe.each(Object.entries(VISION))('with %s', (_, matrix) => {
        test('types can be told apart', () => expect(closest(types, matrix).distance).toBeGreaterThan(6.5));
        test('types can be told apart in a ring', () => expect(closest(ring, matrix).distance).toBeGreaterThan(6.5));
        test('sectors can be told apart', () => expect(closest(categories, matrix).distance).toBeGreaterThan(7));
        test('the classes of a figure can be told apart', () =>
            expect(closest(classify(counts, null, theme).colours, matrix).distance).toBeGreaterThan(7));
        test('below the national share looks unlike above it', () => {
            const { breaks, colours } = classify([0.2, 0.6, 0.9, 1.5, 2, 3, 4, 6], 1, theme);
            const first = breaks.findIndex((b) => b >= 1);
            for (const below of colours.slice(0, first)) {
                for (const above of colours.slice(first)) expect(distance(below, above, matrix), `${below} ${above}`).toBeGreaterThan(7);
            }
        });
    });
    test('every mark stands out from the land at 3 to 1 or more', () => {
        for (const colour of [...types, ...ring, ...categories]) expect(contrast(colour, BASE[theme].land), colour).toBeGreaterThanOrEqual(3);
    });
    test('of the lines compared no two look alike, and each stands out from the paper', () => {
        const lines = Array.from({ length: COMPARE_LIMIT }, (_, i) => lineLook(i, theme));
        expect(new Set(lines.map((look) => JSON.stringify(look))).size).toBe(COMPARE_LIMIT);
        expect([...new Set(lines.map(({ colour }) => colour))].sort()).toEqual([...categories].sort());
        for (const { colour } of lines) expect(contrast(colour, BASE[theme].paper), colour).toBeGreaterThanOrEqual(3);
    });
    test('text stands out from the paper at 4.5 to 1 or more', () => {
        for (const ground of [BASE[theme].paper, BASE[theme].land]) expect(contrast(BASE[theme].inkQuiet, ground)).toBeGreaterThanOrEqual(4.5);
    });
});

test('no two types share an outline style', () =>
    expect(new Set(Object.values(TYPE_LOOKS).map((look) => look.line)).size).toBe(4));
