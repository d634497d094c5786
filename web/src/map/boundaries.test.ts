import { expect, test } from 'vitest';
import type { Area, Atlas } from '../api/types';
import { boundariesOf, layerOfLevel } from './boundaries';

const atlasOf = (...levels: string[]): Pick<Atlas, 'area_levels'> => ({ area_levels: levels.map((level) => ({ level, label: level, count: 1 })) });
const area = (level: string, label: number[] | null = [0, 52]): Area => ({ level, name: level.toUpperCase(), label, sites: 3 }) as unknown as Area;
const AREAS = ['lower_tier', 'itl3', 'region'].map((level) => area(level));

test('regions come first and authorities after them, as far as the atlas holds them; others wait to be asked for', () => {
    expect(boundariesOf(atlasOf('lower_tier', 'itl3', 'region', 'country'), AREAS, [])?.levels).toEqual(['region', 'lower_tier']);
    expect(boundariesOf(atlasOf('itl3'), AREAS, [])?.levels).toEqual(['itl3']);
    expect(boundariesOf(atlasOf(), [], [])).toBe(null);
});
test('a level that is asked for is the only one', () => {
    const asked = boundariesOf(atlasOf('lower_tier', 'itl3'), AREAS, ['firms', layerOfLevel('itl3')]);
    expect(asked).toMatchObject({ levels: ['itl3'], chosen: 'itl3' });
    expect(asked?.names.features.map(({ properties }) => properties?.['name'])).toEqual(['ITL3']);
    expect(boundariesOf(atlasOf('lower_tier'), AREAS, [layerOfLevel('itl3')])?.chosen).toBe(null);
});
test('an area whose place is not known has no name on the map', () =>
    expect(boundariesOf(atlasOf('region'), [area('region', null)], [])?.names.features).toEqual([]));
