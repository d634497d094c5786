import { describe, expect, test } from 'vitest';
import { BASE, classify, classOf, TYPE_LOOKS } from './colours';

function luminance(hex: string): number {
    const [r, g, b] = [1, 3, 5].map((i) => {
        const channel = parseInt(hex.slice(i, i + 2), 16) / 255;
        return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
    }) as [number, number, number];
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
    const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
    return (light + 0.05) / (dark + 0.05);
}

type Rgb = [number, number, number];

/** How a dichromat sees a colour (Viénot, Brettel and Mollon 1999, linear RGB). */
const BLINDNESS: Record<string, [Rgb, Rgb, Rgb]> = {
    protanopia: [[0.11238, 0.88762, 0], [0.11238, 0.88762, 0], [0.00401, -0.00401, 1]],
    deuteranopia: [[0.29275, 0.70725, 0], [0.29275, 0.70725, 0], [-0.02234, 0.02234, 1]],
    tritanopia: [[1, 0.15236, -0.15236], [0, 0.86717, 0.13283], [0, 0.86717, 0.13283]],
};

function seen(hex: string, matrix: [Rgb, Rgb, Rgb]): Rgb {
    const linear = [1, 3, 5].map((i) => (parseInt(hex.slice(i, i + 2), 16) / 255) ** 2.2) as Rgb;
    return matrix.map((row) => Math.max(0, row[0] * linear[0] + row[1] * linear[1] + row[2] * linear[2]) ** (1 / 2.2)) as Rgb;
}

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
    test('every type stands out from the land at 3 to 1 or more', () => {
        for (const look of Object.values(TYPE_LOOKS)) {
            expect(contrast(look[theme], BASE[theme].land), look.label).toBeGreaterThanOrEqual(3);
        }
    });
    test('text stands out from the paper at 4.5 to 1 or more', () => {
        expect(contrast(BASE[theme].inkQuiet, BASE[theme].paper)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(BASE[theme].inkQuiet, BASE[theme].land)).toBeGreaterThanOrEqual(4.5);
    });
    test.each(Object.keys(BLINDNESS))('the two types that matter most differ under %s', (kind) => {
        const matrix = BLINDNESS[kind]!;
        const a = seen(TYPE_LOOKS.specialised[theme], matrix);
        const b = seen(TYPE_LOOKS.rdi_collaborating[theme], matrix);
        expect(Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])).toBeGreaterThan(0.2);
    });
});

test('no two types share an outline style', () =>
    expect(new Set(Object.values(TYPE_LOOKS).map((look) => look.line)).size).toBe(4));

describe('classes of a measure', () => {
    const counts = Array.from({ length: 100 }, (_, i) => i + 1);
    test('number five and cover everything', () => {
        const classes = classify(counts, null, 'light');
        expect(classes.colours).toHaveLength(5);
        expect([classOf(1, classes), classOf(100, classes)]).toEqual([0, 4]);
    });
    test('break a quotient at 1', () => {
        const classes = classify([0.2, 0.6, 0.9, 1.5, 2, 3, 4, 6], 1, 'light');
        expect(classes.breaks).toContain(1);
        expect(classOf(0.9, classes)).toBeLessThan(classOf(1, classes));
    });
    test('are fewer where values are few', () => expect(classify([5, 5, 5], null, 'light').colours).toHaveLength(1));
    test('of nothing are none', () => expect(classify([], null, 'light').colours).toEqual([]));
    test('leave out what is missing', () => expect(classOf(null, classify(counts, null, 'dark'))).toBe(-1));
});
