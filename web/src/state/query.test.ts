import { expect, test } from 'vitest';
import type { Atlas } from '../api/types';
import { clustersUrl, filterQuery, followedSector, isFiltered, placeQuestion, shownSector } from './query';
import { DEFAULTS, type ViewState } from './url';

const atlas = { default_sector: 'quantum' } as Atlas;
const state = (patch: Partial<ViewState>): ViewState => ({ ...DEFAULTS, ...patch });

test('without a choice the sector of the atlas is shown', () => expect(shownSector(DEFAULTS, atlas)).toBe('quantum'));
test('"all" asks for every sector', () => {
    expect(shownSector(state({ sector: 'all' }), atlas)).toBeNull();
    expect(filterQuery(state({ sector: 'all' }), atlas).has('sector')).toBe(false);
});
test('an open end of a range is not sent', () => {
    const query = filterQuery(state({ ranges: { jobs: { low: 10, high: null } } }), atlas);
    expect([...query.keys()]).toEqual(['sector', 'min[jobs]']);
});
test('a histogram leaves out its own brush and keeps the others', () => {
    const ranges = { jobs: { low: 10, high: null }, pay: { low: null, high: 5 } };
    expect([...filterQuery(state({ ranges }), atlas, { without: 'jobs' }).keys()]).toEqual(['sector', 'max[pay]']);
});
test('an area narrows the list, a circle does so by its own answer', () => {
    expect(filterQuery(state({ place: { kind: 'area', code: 'E1' } }), atlas).get('area')).toBe('E1');
    const circle = state({ place: { kind: 'circle', lon: 0, lat: 52, km: 5 } });
    expect(filterQuery(circle, atlas).has('area')).toBe(false);
    expect(isFiltered(circle)).toBe(true);
});
test('the list is asked for in the order shown', () =>
    expect(clustersUrl(state({ sort: 'name' }), atlas)).toContain('sort=name'));
test('a cluster opened by its address alone brings its own sector', () => {
    expect(followedSector(DEFAULTS, atlas, 'space', true)).toBe('space');
    expect(followedSector(DEFAULTS, atlas, 'quantum', true)).toBeNull();
});
test('an address with a sector beside the cluster, and all sectors, stay as they are', () => {
    expect(followedSector(state({ sector: 'robots' }), atlas, 'space', true)).toBeNull();
    expect(followedSector(state({ sector: 'all' }), atlas, 'space', false)).toBeNull();
});
test('a cluster of another sector, opened on the page, brings its own', () =>
    expect(followedSector(state({ sector: 'robots' }), atlas, 'space', false)).toBe('space'));
test('a place drawn is sent as it is drawn, a ring closed and a radius in metres', () => {
    expect(placeQuestion(null)).toBeNull();
    expect(placeQuestion({ kind: 'area', code: 'E 1' })).toBe('/api/areas/E%201');
    expect(placeQuestion({ kind: 'circle', lon: 0, lat: 52, km: 5 })).toEqual({ url: '/api/selection', body: { circle: { lon: 0, lat: 52, radius_m: 5000 } } });
    const ring: [number, number][] = [[0, 0], [1, 0], [1, 1]];
    expect(placeQuestion({ kind: 'polygon', ring })).toEqual({ url: '/api/selection', body: { polygon: { type: 'Polygon', coordinates: [[...ring, [0, 0]]] } } });
});
