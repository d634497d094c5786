import { expect, test } from 'vitest';
import { snap, stepFrom } from './snap';

const let_go = (px: number, pxPerMs = 0): string => snap(px, 80, 740, pxPerMs);

test('a sheet let go of without haste comes to rest at the nearest height', () => {
    expect([100, 200, 300, 500, 600, 730].map((px) => let_go(px))).toEqual(['bar', 'bar', 'half', 'half', 'full', 'full']);
});
test('a flick carries it to the next height its way', () => {
    expect(let_go(120, 0.8)).toBe('half');
    expect(let_go(420, 0.8)).toBe('full');
    expect(let_go(600, -0.8)).toBe('half');
    expect(let_go(360, -0.8)).toBe('bar');
});
test('beyond the last heights a flick ends at them', () => {
    expect(let_go(740, 2)).toBe('full');
    expect(let_go(70, -2)).toBe('bar');
});
test('a step goes one height up or down and not past the last', () => {
    expect(stepFrom('bar', 1)).toBe('half');
    expect(stepFrom('full', 1)).toBe('full');
    expect(stepFrom('half', -1)).toBe('bar');
    expect(stepFrom('bar', -1)).toBe('bar');
});
