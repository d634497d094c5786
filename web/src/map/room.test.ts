import { expect, test } from 'vitest';
import { roomBeside } from './room';

const closed = { panel: false, sheet: 'bar', settings: false } as const;

test('a panel, the half open table and the settings each keep their side', () => {
    const all = roomBeside({ panel: true, sheet: 'half', settings: true }, 1120, 844, 1440);
    expect(all.right).toBeGreaterThanOrEqual(420);
    expect(all.bottom).toBeGreaterThanOrEqual(0.46 * 844);
    expect(all.left).toBeGreaterThanOrEqual(312);
    expect(all.left + all.right).toBeLessThan(1120);
    expect(all.top + all.bottom).toBeLessThan(844);
});

test('a full table hides the map and does not squeeze what is seen after it', () =>
    expect(roomBeside({ ...closed, sheet: 'full' }, 1120, 844, 1440)).toEqual(roomBeside(closed, 1120, 844, 1440)));

test('on a phone what is open covers the map and does not count', () =>
    expect(roomBeside({ ...closed, panel: true, sheet: 'half' }, 390, 788, 390)).toEqual(roomBeside(closed, 390, 788, 390)));

test('on a phone the settings take the lower half of the map', () =>
    expect(roomBeside({ ...closed, settings: true }, 390, 788, 390).bottom).toBeGreaterThan(788 / 3));

test('a window too small for its panels gives up the padding, not the map', () => {
    for (const [width, height] of [[320, 200], [480, 300], [360, 256]] as const) {
        const { top, right, bottom, left } = roomBeside({ panel: true, sheet: 'half', settings: true }, width, height, 1000);
        expect(width - left - right).toBeGreaterThanOrEqual(120);
        expect(height - top - bottom).toBeGreaterThanOrEqual(120);
    }
});
