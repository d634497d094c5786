import { expect, test } from 'vitest';
import type { Atlas } from '../api/types';
import { clustersFile, columnFile, figureFile, firmsFile, placeParameter } from './downloads';
import { DEFAULTS } from './url';

const atlas = { default_sector: 'quantum', measures: ['patents'] as string[] } as Atlas;
const circle = { kind: 'circle' as const, lon: -1.5, lat: 53.25, km: 12.5 };

test('a file holds what the filters leave, in the order of the table', () => {
    const url = new URL(clustersFile({ ...DEFAULTS, types: ['diverse'], sort: 'name' }, atlas, 'xlsx'), 'http://a');
    expect(url.pathname).toBe('/api/export/clusters.xlsx');
    expect(Object.fromEntries(url.searchParams)).toEqual({ sector: 'quantum', type: 'diverse', sort: 'name' });
});
test('a column is its measure alone, or none where every row has it', () => {
    const columns = (measure: string) => new URL(columnFile(DEFAULTS, atlas, measure), 'http://a').searchParams.get('columns');
    expect([columns('patents'), columns('enterprise_count')]).toEqual(['patents', '']);
});
test('a drawn place goes with it', () =>
    expect(new URL(clustersFile({ ...DEFAULTS, place: circle }, atlas, 'csv'), 'http://a').searchParams.get('circle')).toBe('-1.5,53.25,12500'));
test('a ring is its corners in order', () =>
    expect(placeParameter({ kind: 'polygon', ring: [[0, 50], [1, 50], [1, 51.123456789]] })).toEqual(['polygon', '0,50,1,50,1,51.1234568']));
test('firms of an area are asked for by its code', () =>
    expect(firmsFile({ kind: 'area', code: 'itl3:TLE31' }, 'gpkg')).toBe('/api/export/firms.gpkg?area=itl3%3ATLE31'));
test('a figure has a file of its own', () => expect(figureFile('space-leeds', 'patents')).toBe('/api/export/clusters/space-leeds/patents.csv'));
