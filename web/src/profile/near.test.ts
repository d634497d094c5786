import { expect, test } from 'vitest';
import { nearUrl } from './near';

test('two numbers are a point', () => expect(nearUrl('-1.47,53.38')).toBe('/api/near?lon=-1.47&lat=53.38'));
test('anything else is a postcode', () => {
    expect(nearUrl('S1 2HH')).toBe('/api/near?postcode=S1%202HH');
    expect(nearUrl('a,b')).toBe('/api/near?postcode=a%2Cb');
});
