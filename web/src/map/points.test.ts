import { expect, test } from 'vitest';
import type { ClusterRow } from '../api/types';
import { arc, clusterPoints, groundCircle, namedPlaces, outlinesFrom, outlineZoom, tunedPoints } from './points';

test('a cluster of 24 px at a zoom turns from circle to outline there', () => {
    // At the equator 512 px show 40,075 km at zoom 0, so 24 px show 1,878.5 km, and half of that one zoom on.
    expect(outlineZoom(1878.5, 0)).toBeCloseTo(0, 2);
    expect(outlineZoom(1878.5 / 2, 0)).toBeCloseTo(1, 2);
});
test('further north the map is larger, so outlines show sooner', () =>
    expect(outlineZoom(10, 58)).toBeLessThan(outlineZoom(10, 50)));
test('a cluster without extent stays a circle', () => expect(outlineZoom(0, 52)).toBe(24));
test('a circle closes and keeps its distance', () => {
    const ring = groundCircle(-1.5, 53.4, 10);
    expect(ring[0]).toEqual(ring[ring.length - 1]);
    const north = Math.max(...ring.map(([, lat]) => lat));
    expect((north - 53.4) * 111.195).toBeCloseTo(10, 1);
});
test('an arc starts and ends where it should', () => {
    const line = arc([0, 50], [2, 52]);
    expect([line[0], line[line.length - 1]]).toEqual([[0, 50], [2, 52]]);
});
test('places are read out of names', () =>
    expect(namedPlaces([{ name: 'Sheffield and Rotherham' }, { name: 'Leeds, Wakefield and Bradford' }, { name: 'Leeds' }])).toEqual([
        'Sheffield', 'Rotherham', 'Leeds', 'Wakefield', 'Bradford',
    ]));

test('outlines are asked for from where the widest can be read, and not at all where there is none', () => {
    const row = (extent_km: number): ClusterRow => ({ label: [0, 50], extent_km, sector: { slug: 's', name: 'S' } }) as unknown as ClusterRow;
    const points = clusterPoints([row(2), row(12)], false, 50);
    expect(outlinesFrom(points)).toBe(Math.floor(outlineZoom(12, 50)));
    expect(outlinesFrom(clusterPoints([], false, 50))).toBe(24);
});
test('a re-clustering gets a circle for each outline that has a place', () => {
    const polygon = { type: 'Polygon' as const, coordinates: [] };
    const outlines = [{ label: [-1, 53], area_km2: 4, enterprises: 30 }, { area_km2: 4 }].map((properties) => ({ type: 'Feature' as const, properties, geometry: polygon }));
    const points = tunedPoints({ type: 'FeatureCollection', features: outlines }, 53);
    expect(points.features).toHaveLength(1);
    expect(points.features[0]?.properties).toMatchObject({ enterprises: 30 });
});
