import { expect, test } from 'vitest';
import { arcAngles, readRing } from './rings';

test('the name of a ring says its size and the share of each colour', () =>
    expect(readRing('ring light #111111,#222222,#333333 14 12,0,4')).toEqual({
        theme: 'light',
        radius_px: 14,
        arcs: [{ colour: '#111111', share: 0.75 }, { colour: '#333333', share: 0.25 }],
    }));
test('other names are no rings', () => {
    for (const name of ['blank', 'institution-university', 'ring', 'ring light #111111 14', 'ring blue #111111 14 1', 'ring light #111111 14 0'])
        expect(readRing(name), name).toBe(null);
});
test('arcs follow one another round the ring with room between them', () => {
    const angles = arcAngles([0.5, 0.3, 0.2]);
    angles.slice(1).forEach(([from], i) => expect(from).toBeGreaterThan(angles[i]![1]));
    expect(angles[2]![1] - angles[0]![0]).toBeLessThan(2 * Math.PI);
    expect(arcAngles([1])).toEqual([[0, 2 * Math.PI]]);
});
