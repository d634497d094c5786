import { expect, test } from 'vitest';
import type { ClusterRow } from '../api/types';
import { GATHER_FROM } from './gather';
import { gathered, hasRings, namesOf, placesOf, whereOf } from './gathered';
import { ringColours } from './inputs';
import { readRing } from './rings';

const row = (cluster_id: number, name: string, lon: number, enterprise_count: number, extent_km = 1): ClusterRow =>
    ({ cluster_id, name, label: [lon, 53], enterprise_count, extent_km, type: cluster_id % 2 ? 'diverse' : 'specialised', sector: { slug: 'a', name: 'A' }, measures: {} }) as unknown as ClusterRow;
const ROWS = [row(1, 'Barnsley', -1.48, 40), row(2, 'Sheffield', -1.47, 400), row(3, 'Leeds and Bradford', 1.5, 90)];
const marksAt = (zoom: number, rows = ROWS, isOfAll = false, isNarrow = false) => {
    const { points, rings } = gathered(rows, 'light', ringColours('type', 'light', [], null), isOfAll, 53, isNarrow);
    return points.features.filter(({ properties }) => properties?.['zoom'] === zoom).map(({ id, properties }) => ({ id, name: properties?.['name'], of: rings.get(properties?.['ring']) ?? null, image: properties?.['image'] }));
};

test('clusters that would lie on each other are one ring at the place of the strongest, in whatever order they come', () => {
    const [ring, alone] = marksAt(5);
    expect(ring).toMatchObject({ name: 'Sheffield', of: [2, 1] });
    expect(readRing(String(ring?.image))?.arcs).toHaveLength(2);
    expect(alone).toMatchObject({ id: 3, name: 'Leeds and Bradford', of: null });
    expect(marksAt(5, [...ROWS].reverse())).toEqual(marksAt(5));
});
test('nearer they come apart, and where an outline can be read there is no mark', () => {
    expect(marksAt(10).every(({ of }) => of === null)).toBe(true);
    const wide = ROWS.map((one) => ({ ...one, extent_km: 50 }));
    expect(marksAt(9, wide)).toEqual([]);
});
test('with all sectors every cluster has a mark until they are drawn apart', () =>
    expect(marksAt(9, ROWS.map((one) => ({ ...one, extent_km: 50 })), true).flatMap(({ id, of }) => of ?? [Number(id)]).sort()).toEqual([1, 2, 3]));
test('on a narrow screen the largest few have room for their names: what is close is told with them, and no cluster is lost', () => {
    // 0.6 degrees are 40 px in the middle of zoom 5.
    const line = Array.from({ length: 12 }, (_, i) => row(i + 1, `Place ${i + 1}`, -3 + 0.6 * i, 500 - i));
    const [wide, narrow] = [marksAt(5, line), marksAt(5, line, false, true)];
    expect(wide).toHaveLength(11); // the strongest has room there too
    expect(narrow).toHaveLength(6); // every second has its neighbour with it
    expect(narrow[0]).toMatchObject({ name: 'Place 1', of: [1, 2] });
    expect(narrow.flatMap(({ id, of }) => of ?? [Number(id)]).sort((a, b) => a - b)).toEqual(line.map(({ cluster_id }) => cluster_id));
    expect(marksAt(8, line, false, true)).toHaveLength(12);
});
test('whether there are rings depends on the zoom', () => {
    const marks = gathered(ROWS, 'light', ringColours('type', 'light', [], null), false, 53);
    expect([hasRings(marks, 5.7), hasRings(marks, 12), hasRings(marks, null), hasRings(null, 5)]).toEqual([true, false, true, false]);
    expect(GATHER_FROM).toBeLessThan(5);
});
test('a cluster lies in the part its name tells of, but not in a direction', () => {
    expect(placesOf('Doncaster (Branton)')).toEqual(['Branton']);
    expect(placesOf('Sunderland (south-west)')).toEqual(['Sunderland']);
    expect(placesOf('Sheffield, Rotherham and Barnsley')).toEqual(['Sheffield', 'Rotherham', 'Barnsley']);
});
test('no two marks of a zoom bear one name: the next strongest gives its own, or there is none', () => {
    const places = [['Sheffield'], ['Sheffield'], ['Carbrook'], ['Sheffield']];
    expect(namesOf([[0], [1, 2], [3]], (i) => places[i]!, () => null)).toEqual(['Sheffield', 'Carbrook', '']);
    expect(namesOf([[0], [1, 2]], (i) => places[i]!, (i) => ['Sheffield (centre)'][i] ?? null)).toEqual(['Sheffield (centre)', 'Carbrook']);
    expect(namesOf([[0, 2], [3]], (i) => places[i]!, () => 'Sheffield')).toEqual(['Sheffield', '']);
});

test('clusters of a ring are not all where it stands', () => {
    expect(whereOf({})).toBe('here');
    expect(whereOf({ ring: 'Sheffield' })).toBe('around Sheffield');
    expect(whereOf({ ring: '' })).toBe('close together');
});
