import { describe, expect, test } from 'vitest';
import { asWritten, DEFAULTS, readUrl, writeUrl, type Place, type ViewState } from './url';

const read = (path: string): ViewState => readUrl(new URL(path, 'http://map.example'));

const FULL: ViewState = {
    page: 'map',
    open: { kind: 'cluster', key: 'quantum-oxford-and-abingdon' },
    sector: 'quantum',
    colour: 'location_quotient',
    types: ['specialised', 'diverse'],
    ranges: { enterprise_count: { low: 50, high: null }, location_quotient: { low: 1.2, high: 3.5 } },
    place: { kind: 'circle', lon: -1.4701, lat: 53.3811, km: 12.5 },
    compare: ['a-one', 'b-two'],
    sort: 'name',
    sheet: 'half',
    year: 2019,
    window: 5,
    tuning: { method: 'hdbscan', eps_m: 1500, min_points: 12 },
    layers: ['firms', 'institutions'],
    camera: { zoom: 8.25, lat: 53.38, lon: -1.47 },
    links: false,
    embed: true,
};

describe('the address', () => {
    test('of the first page is bare', () => expect(writeUrl(DEFAULTS)).toBe('/'));
    test('carries the whole state and gives it back', () => expect(read(writeUrl(FULL))).toEqual(FULL));
    test('stays readable', () =>
        expect(writeUrl({ ...DEFAULTS, sector: 'quantum', ranges: { jobs: { low: 10, high: null } } })).toBe(
            '/?sector=quantum&where=jobs:10..',
        ));
    test('is the same whatever order the filters were set in', () => {
        const range = { low: 1, high: 2 };
        expect(writeUrl({ ...DEFAULTS, ranges: { b: range, a: range } })).toBe(
            writeUrl({ ...DEFAULTS, ranges: { a: range, b: range } }),
        );
    });
    test('of a cluster has its own path', () => {
        const open = { kind: 'cluster' as const, key: 'space-leicester' };
        const url = writeUrl({ ...DEFAULTS, page: 'cluster', open });
        expect(url).toBe('/clusters/space-leicester');
        expect(read(url)).toMatchObject({ page: 'cluster', open });
    });
    test('keeps an area by its code', () =>
        expect(read(writeUrl({ ...DEFAULTS, place: { kind: 'area', code: 'E08000019' } })).place).toEqual({
            kind: 'area',
            code: 'E08000019',
        }));
    test.each<Place>([
        { kind: 'circle', lon: -1.470149, lat: 53.3811234, km: 12.54321 },
        { kind: 'polygon', ring: [[-1.00004, 53.123456], [-1.5, 53.25], [-1.2, 54]] },
        { kind: 'area', code: 'E47000002' },
    ])('of a place is of the very place that is asked for: $kind', (place) => {
        const asked = asWritten(place);
        expect(read(writeUrl({ ...DEFAULTS, place: asked })).place).toEqual(asked);
    });
    test('keeps a drawn polygon', () => {
        const place = { kind: 'polygon' as const, ring: [[-1, 53], [-1.5, 53.25], [-1.2, 54]] as [number, number][] };
        expect(read(writeUrl({ ...DEFAULTS, place })).place).toEqual(place);
    });
    test('survives names that need escaping', () =>
        expect(read(writeUrl({ ...DEFAULTS, sector: 'r&d=all, of it' })).sector).toBe('r&d=all, of it'));
});

test('a firm, an institution and a postcode can be open too', () => {
    for (const kind of ['firm', 'institution', 'near'] as const) {
        const open = { kind, key: 'S1 2HH' };
        expect(read(writeUrl({ ...DEFAULTS, open })).open).toEqual(open);
    }
});

describe('an address that someone mistyped', () => {
    test('falls back to the map', () => expect(read('/nowhere').page).toBe('map'));
    test('loses only the part that is wrong', () => {
        const state = read('/?sector=space&where=jobs:x..y,pay:3..&at=9/abc/1&tune=0,5&year=soon&circle=1,2');
        expect(state).toMatchObject({ sector: 'space', camera: null, tuning: null, year: null, place: null });
        expect(state.ranges).toEqual({ pay: { low: 3, high: null } });
    });
    test('cannot ask for positions off the Earth', () => expect(read('/?circle=200,53,5').place).toBeNull());
    test('with broken escaping still opens', () => expect(read('/clusters/50%25-%zz').page).toBe('cluster'));
    test('cannot compare more than ten', () =>
        expect(read(`/?compare=${Array.from({ length: 14 }, (_, i) => `c${i}`).join(',')}`).compare).toHaveLength(10));
});
