import { expect, test } from 'vitest';
import type { Area } from '../api/types';
import { areaNames, nearUrl } from './near';

test('two numbers are a point', () => expect(nearUrl('-1.47,53.38')).toBe('/api/near?lon=-1.47&lat=53.38'));
test('anything else is a postcode', () => {
    expect(nearUrl('S1 2HH')).toBe('/api/near?postcode=S1%202HH');
    expect(nearUrl('a,b')).toBe('/api/near?postcode=a%2Cb');
});

test('areas go from small to large, each name once, the unknown last', () => {
    const all = [['E', [-6, 50, 2, 56]], ['R', [-2, 53, -1, 54]], ['S2', [-1.8, 53.2, -1.3, 53.5]], ['S1', [-1.8, 53.2, -1.3, 53.5]]].map(([code, bbox]) => ({ code, bbox })) as Area[];
    const of = [['R', 'Sheffield City Region'], ['X', 'Elsewhere'], ['E', 'England'], ['S1', 'Sheffield'], ['S2', 'Sheffield']].map(([code = '', name = '']) => ({ code, name, level: '' }));
    expect(areaNames(of, all)).toEqual(['Sheffield', 'Sheffield City Region', 'England', 'Elsewhere']);
    expect(areaNames(of, [])).toEqual(['Sheffield City Region', 'Elsewhere', 'England', 'Sheffield']);
});
