import type { FeatureCollection, Point } from 'geojson';
import { expect, test } from 'vitest';
import type { ClusterRow } from '../api/types';
import { readRing } from './rings';
import { tunedMarks } from './tuned';

const own = (...lons: number[]): FeatureCollection<Point> => ({
    type: 'FeatureCollection',
    features: lons.map((lon) => ({ type: 'Feature', properties: { enterprises: 30, outline_zoom: 11 }, geometry: { type: 'Point', coordinates: [lon, 53] } })),
});
const row = (lon: number): ClusterRow => ({ label: [lon, 53], enterprise_count: 20, extent_km: 1 }) as unknown as ClusterRow;
const at = (zoom: number, points: FeatureCollection<Point>, rows: ClusterRow[]) =>
    tunedMarks(points, rows, 'light', 53).features.flatMap(({ properties }) => (properties?.['zoom'] === zoom ? [properties] : []));

test('where a cluster is found again it is one mark of both kinds; what is on one side only is told apart', () =>
    expect(at(8, own(-1, 0), [row(-1), row(1)]).map(({ kind }) => kind).sort()).toEqual(['both', 'own', 'published']));
test('many together are a ring that counts both', () => {
    const [ring, ...others] = at(4, own(-1, -1.01, -1.02), [row(-1.03)]);
    expect(others).toEqual([]);
    expect(ring).toMatchObject({ kind: 'ring', counts: '3/1' });
    expect(readRing(String(ring?.['image']))?.arcs.map(({ share }) => share)).toEqual([0.75, 0.25]);
});
test('where outlines can be read there are no marks', () => expect(at(13, own(-1), [row(-1)])).toEqual([]));
