import { expect, test } from 'vitest';
import type { Area } from '../api/types';
import { choosable } from './areas';

const AREAS = [{ code: 'a', sites: 3 }, { code: 'b', sites: 0 }, { code: 'c', sites: 0 }] as Area[];
const codes = (areas: Area[]): string[] => areas.map(({ code }) => code);

test('areas without a site cannot be chosen, but the chosen one stays', () => {
    expect(codes(choosable({ disclosure: 'open' }, AREAS))).toEqual(['a']);
    expect(codes(choosable({ disclosure: 'open' }, AREAS, 'c'))).toEqual(['a', 'c']);
});
test('where few sites are told as none, all areas can be chosen', () => expect(choosable({ disclosure: 'official' }, AREAS)).toHaveLength(3));
