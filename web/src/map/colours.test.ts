import { describe, expect, test } from 'vitest';
import { classify, classifyChance, classOf } from './colours';

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
    test('of a chance break where readers expect it, the least likely strongest', () => {
        const chances = classifyChance([0.7, 0.00001, 0.03, 0], 'light');
        expect(chances.breaks).toEqual([0, 0.001, 0.01, 0.05, 1]);
        expect(chances.colours[0]).toBe(classify(counts, null, 'light').colours.at(-1));
        expect(classifyChance([0.00001, 0.003], 'light').breaks).toEqual([0, 0.001, 0.01]);
        expect(classifyChance([], 'light').colours).toEqual([]);
    });
    test('of nothing are none', () => expect(classify([], null, 'light').colours).toEqual([]));
    test('leave out what is missing', () => expect(classOf(null, classify(counts, null, 'dark'))).toBe(-1));
});
