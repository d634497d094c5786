import { describe, expect, test } from 'vitest';
import {
    countedUnit,
    formatBytes,
    formatCount,
    formatDate,
    formatDistance,
    formatInterval,
    formatMoney,
    formatRank,
    formatRatio,
    formatShare,
    formatShort,
    formatValue,
    listOf,
    ordinal,
    plural,
} from './numbers';

/** Tests speak of plain spaces; the page uses ones that do not break. */
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

describe('counts', () => {
    test('are exact below ten thousand', () => expect(formatCount(3412)).toBe('3,412'));
    test('have three significant figures from there', () => expect(formatCount(12_413)).toBe('12,400'));
    test('become millions', () => expect(plain(formatCount(1_197_283))).toBe('1.2 million'));
    test('never read "1,000 million"', () => expect(plain(formatCount(999_960_000))).toBe('1 billion'));
});

describe('money', () => {
    test('is rounded for reading', () => expect(plain(formatMoney(1_197_283.22))).toBe('£1.2 million'));
    test('keeps small sums whole', () => expect(formatMoney(850.4)).toBe('£850'));
    test('drops decimals of hundreds of millions', () => expect(plain(formatMoney(450_159_410))).toBe('£450 million'));
    test('writes a loss with a minus sign', () => expect(plain(formatMoney(-2_500_000))).toBe('−£2.5 million'));
});

describe('shares', () => {
    test('are whole percentages from ten up', () => expect(plain(formatShare(0.1432))).toBe('14 %'));
    test('keep a decimal below ten', () => expect(plain(formatShare(0.0264))).toBe('2.6 %'));
    test('say zero plainly', () => expect(plain(formatShare(0))).toBe('0 %'));
    test('do not round something to nothing', () => expect(plain(formatShare(0.0001))).toBe('under 0.1 %'));
    test('nor nearly all to all', () =>
        expect([1, 1 - 1e-12, 0.9998, 0.997, 0.9949].map((share) => plain(formatShare(share)))).toEqual([
            '100 %', '100 %', 'over 99.9 %', '99.7 %', '99 %',
        ]));
});

test('a quotient comes with its interval', () =>
    expect(formatInterval(2.31, 1.82, 2.94, 'ratio')).toBe('2.3 (1.8–2.9)'));
test('a quotient without an interval stands alone', () => expect(formatInterval(2.31, null, null, 'ratio')).toBe('2.3'));
test('a tiny quotient is not shown as zero', () => expect(formatRatio(0.04)).toBe('0.04'));
test('nor is a small chance', () =>
    expect([0.0042, 0.0003, 0.00001].map(formatRatio)).toEqual(['0.004', '0.0003', 'under 0.0001']));
test('ranks read as words', () => expect(formatRank(4, 38)).toBe('4th of 38'));
test('ordinals know the teens', () =>
    expect([1, 2, 3, 11, 12, 13, 21, 112].map(ordinal)).toEqual([
        '1st', '2nd', '3rd', '11th', '12th', '13th', '21st', '112th',
    ]));
test('one firm is singular', () => expect([plural(1, 'firm'), plural(2, 'firm')]).toEqual(['1 firm', '2 firms']));
test.each([
    [134_200, 'gbp', '£134k'],
    [3_150_000, 'gbp', '£3.2m'],
    [999_900, 'gbp', '£1m'],
    [1_200_000_000, 'gbp', '£1.2bn'],
    [9_999, 'count', '10k'],
    [2_833, 'count', '2,833'],
    [-21_000, 'gbp', '−£21k'],
    [0.12, 'share', formatShare(0.12)],
])('%d %s is short as %s', (value, unit, text) => expect(formatShort(value, unit)).toBe(text));

test('an expected count that is not whole is not told as none', () => {
    expect(formatValue(0.02, 'count')).toBe(formatRatio(0.02));
    expect(formatValue(12.4, 'count')).toBe('12');
});
test('lists end with "and"', () => expect(listOf(['a', 'b', 'c'])).toBe('a, b and c'));
test('sizes use decimal units', () => expect(plain(formatBytes(4_210_000))).toBe('4.2 MB'));
test('dates are written out', () => expect(formatDate('2024-11-01')).toBe('1 November 2024'));
test('what is no date stays as it is', () => expect(formatDate('autumn 2024')).toBe('autumn 2024'));
test('no distance is nought', () => expect(plain(formatDistance(0))).toBe('under 50 m'));
test('what rounds to the next unit is told in it', () => {
    expect(plain(formatDistance(0.99))).toBe('1.0 km');
    expect(plain(formatDistance(9.97))).toBe('10 km');
});
test('short distances are metres', () => expect(plain(formatDistance(0.83))).toBe('850 m'));
test('years have no thousands separator', () => expect(formatValue(2012, 'year')).toBe('2012'));
test('one thing is no plural', () => {
    expect(plain(countedUnit(1, 'enterprises') ?? '')).toBe('1 enterprise');
    expect(plain(countedUnit(12, 'deals') ?? '')).toBe('12 deals');
    expect(countedUnit(0.5, 'share')).toBeNull();
});
test('what is below nought has a minus sign, not a hyphen', () =>
    expect([formatShare(-0.083), formatCount(-12), formatRatio(-1.25)]).toEqual(['−8.3\u202f%', '−12', '−1.3']));
