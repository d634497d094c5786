import { expect, test } from 'vitest';
import type { SearchHit } from '../api/types';
import { stateOfHit } from './hit';

const hit = (kind: SearchHit['kind'], patch: Partial<SearchHit> = {}): SearchHit => ({ kind, key: 'k', label: 'K', lon: null, lat: null, ...patch }) as SearchHit;

test('what has a page of its own opens', () => expect(stateOfHit(hit('firm'))).toEqual({ open: { kind: 'firm', key: 'k' }, page: 'map' }));
test('a sector closes what is open and ends own settings', () =>
    expect(stateOfHit(hit('sector'))).toEqual({ sector: 'k', open: null, page: 'map', tuning: null }));
test('a postcode and a place ask what is near', () => {
    expect(stateOfHit(hit('postcode'))?.open).toEqual({ kind: 'near', key: 'k' });
    expect(stateOfHit(hit('place', { lon: -1.5, lat: 53.4 }))?.open).toEqual({ kind: 'near', key: '-1.5,53.4' });
});
test('a place that lies nowhere leads nowhere', () => expect(stateOfHit(hit('place'))).toBeNull());
