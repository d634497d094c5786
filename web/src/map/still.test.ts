import { expect, test } from 'vitest';
import { inSight } from './still';

const closed = { top: 64, right: 40, bottom: 84, left: 40 };
const half = { ...closed, bottom: 420 };

test('where nothing lies over the map the picture is what is on screen', () => expect(inSight([{ x: 500, y: 300 }], closed, closed, 1000, 800)).toBeNull());
test('behind a half-open table it is what is in sight above it, as much nearer as there is room', () => {
    const found = inSight([{ x: 400, y: 100 }, { x: 600, y: 350 }, { x: 500, y: 700 }], half, closed, 1000, 800);
    expect(found?.box).toEqual({ left: 400, right: 600, top: 100, bottom: 350 });
    expect(found?.nearer).toBeCloseTo(Math.log2(652 / 316));
});
test('where none of it is in sight it is the free part of the map', () =>
    expect(inSight([], half, closed, 1000, 800)?.box).toEqual({ left: 40, top: 64, right: 960, bottom: 380 }));
