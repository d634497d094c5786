import { expect, test } from 'vitest';
import { boxRound, freeOf, isTooTight, isWithin, roomBeside, type Window } from './room';

const desk: Window = { width: 1440, em: 16 };
const phone: Window = { width: 390, em: 16 };
const closed = { panel: false, sheet: 'bar', settings: false, embed: false } as const;

test('a panel, the half open table and the settings each keep their side', () => {
    const all = roomBeside({ ...closed, panel: true, sheet: 'half', settings: true }, 1120, 844, desk);
    expect(all.right).toBeGreaterThanOrEqual(420);
    expect(all.bottom).toBeGreaterThanOrEqual(0.46 * 844);
    expect(all.left).toBeGreaterThanOrEqual(312);
    expect(all.left + all.right).toBeLessThan(1120);
    expect(all.top + all.bottom).toBeLessThan(844);
});

test('a full table hides the map and does not squeeze what is seen after it', () =>
    expect(roomBeside({ ...closed, sheet: 'full' }, 1120, 844, desk)).toEqual(roomBeside(closed, 1120, 844, desk)));

test('on a phone a sheet at full height covers the map and does not count', () =>
    expect(roomBeside({ ...closed, panel: true, sheet: 'full' }, 390, 788, phone)).toEqual(roomBeside(closed, 390, 788, phone)));

test('on a phone a sheet at half height leaves the upper part of the map', () => {
    const { top, bottom } = roomBeside({ ...closed, panel: true, sheet: 'half' }, 390, 746, phone);
    expect(bottom).toBeGreaterThan(0.52 * 746);
    expect(746 - top - bottom).toBeGreaterThan(200);
});

test('on a phone the settings leave more than half of the map', () => {
    const { top, bottom } = roomBeside({ ...closed, settings: true }, 390, 788, phone);
    expect(bottom).toBeGreaterThan(788 / 3);
    expect(788 - bottom).toBeGreaterThan(788 / 2);
    expect(788 - top - bottom).toBeGreaterThan(300);
});

test('on a phone the folded legend covers no cluster, where the window is high enough; in a page of others nothing lies so high', () => {
    // A bar of 5 rem, 34 px and the legend's 54 px.
    expect(roomBeside(closed, 390, 744, phone).bottom).toBeGreaterThanOrEqual(80 + 34 + 54);
    expect(roomBeside(closed, 390, 744, { ...phone, em: 20 }).bottom).toBeGreaterThanOrEqual(100 + 34 + 54);
    expect(roomBeside({ ...closed, embed: true }, 360, 400, phone).bottom).toBeLessThan(100);
    expect(roomBeside(closed, 740, 260, phone)).toMatchObject({ top: 16, bottom: 120 });
});

test('a window too small for its panels gives up the padding, not the map', () => {
    for (const [width, height] of [[320, 200], [480, 300], [360, 256]] as const) {
        const { top, right, bottom, left } = roomBeside({ ...closed, panel: true, sheet: 'half', settings: true }, width, height, { width: 1000, em: 16 });
        expect(width - left - right).toBeGreaterThanOrEqual(120);
        expect(height - top - bottom).toBeGreaterThanOrEqual(120);
    }
});

test('a panel grows with the text, up to its share of the window', () => {
    const open = { ...closed, panel: true };
    const larger = roomBeside(open, 1400, 844, { width: 2000, em: 20 });
    expect(larger.right).toBeGreaterThan(roomBeside(open, 1400, 844, { width: 2000, em: 16 }).right);
    expect(roomBeside(open, 1120, 844, { width: 1440, em: 28 }).right).toBeLessThanOrEqual(0.4 * 1440 + 40);
});

test('with text of twice the size a window of 1,440 px is a narrow one', () =>
    expect(roomBeside({ ...closed, panel: true }, 1440, 844, { width: 1440, em: 32 })).toEqual(roomBeside(closed, 1440, 844, { width: 1440, em: 32 })));

test('a box lies round the points in a frame and no others', () => {
    const frame = freeOf({ top: 10, right: 10, bottom: 10, left: 10 }, 100, 100);
    const box = boxRound([{ x: 20, y: 30 }, { x: 60, y: 80 }, { x: 95, y: 50 }], frame);
    expect(box).toEqual({ left: 20, right: 60, top: 30, bottom: 80 });
    expect(isWithin(box!, frame)).toBe(true);
    expect(isWithin(box!, freeOf({ top: 10, right: 10, bottom: 30, left: 10 }, 100, 100))).toBe(false);
    expect(boxRound([{ x: 5, y: 5 }], frame)).toBe(null);
});

test('the texts of a legend stand in two rows where they would touch', () => {
    expect(isTooTight(['10', '11', '15', '22', '38', '99'])).toBe(false);
    expect(isTooTight(['10', '11', '15', '22', '38', '2,833'])).toBe(true);
    expect(isTooTight(['£134k', '£3.2m', '£7m'])).toBe(false);
    expect(isTooTight(['£134k', '£3.2m', '£7m', '£12m', '£20m', '£192m'])).toBe(true);
});
