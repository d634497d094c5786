import { expect, test } from 'vitest';
import { findingOf, sortQuotients, type Quotient } from './quotients';

const sector = (name: string, firms: number, quotient: number | null, low: number | null, high: number | null): Quotient =>
    ({ sector: { slug: name, name, type: 'sic' }, firms, sites: firms, share_here: 0, share_all: 0, location_quotient: quotient, low, high });

test('one firm is never clearly more, whatever its interval', () => {
    expect(findingOf({ firms: 1, low: 3, high: 200 })).toBe('few');
    expect(findingOf({ firms: 4, low: 1.2, high: 9 })).toBe('few');
    expect(findingOf({ firms: 5, low: 1.2, high: 9 })).toBe('more');
});
test('what is clear lies outside 1 with the whole interval', () =>
    expect([findingOf({ firms: 50, low: 0.9, high: 1.4 }), findingOf({ firms: 50, low: 0.2, high: 0.9 }), findingOf({ firms: 50, low: null, high: null })]).toEqual(['alike', 'fewer', 'few']));
test('the surely common stand first, by the low end; a handful last, however large its quotient', () => {
    const names = sortQuotients([
        sector('a handful', 1, 90, 12, 600),
        sector('few here', 40, 0.3, 0.2, 0.5),
        sector('wide', 9, 8, 1.1, 20),
        sector('sure', 300, 3, 2.6, 3.4),
        sector('unknown', 9, null, null, null),
        sector('as elsewhere', 30, 1.1, 0.8, 1.4),
    ]).map(({ sector: { sector: s } }) => s.name);
    expect(names).toEqual(['sure', 'wide', 'as elsewhere', 'few here', 'a handful']);
});
