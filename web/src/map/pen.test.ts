import { expect, test } from 'vitest';
import { Pen } from './pen.svelte';

test('a double click marks one corner, not two', () => {
    const pen = new Pen();
    pen.add({ lng: -1.5, lat: 53.4 });
    for (let click = 0; click < 2; ++click) pen.add({ lng: -1.4, lat: 53.4 });
    expect(pen.corners).toEqual([[-1.5, 53.4], [-1.4, 53.4]]);
    expect(pen.lift()).toBeNull();
});

test('a corner may be gone back to', () => {
    const pen = new Pen();
    for (const [lng, lat] of [[0, 0], [1, 0], [0, 0], [0, 1]] as const) pen.add({ lng, lat });
    expect(pen.lift()).toHaveLength(4);
});
