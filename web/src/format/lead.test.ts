import { expect, test } from 'vitest';
import type { ClusterRow } from '../api/types';
import { countOf, leadOf } from './lead';

const row = (name: string, enterprise_count: number, slug = 'space'): ClusterRow => ({ name, enterprise_count, sector: { slug } }) as ClusterRow;

test('the largest are named, the largest first', () =>
    expect(leadOf([row('Derby', 10), row('Leeds', 40), row('Bath', 20), row('Ely', 5)])).toBe('4 clusters of 75 enterprises; the largest are Leeds, Bath and Derby.'));
test('a place with clusters of several sectors is named once', () =>
    expect(leadOf([row('Leeds', 40), row('Leeds', 30, 'cyber')])).toBe('2 clusters in 2 sectors; the largest are in Leeds.'));
test('enterprises are not summed over sectors, for they are in several', () => {
    expect(countOf([row('Leeds', 40), row('Bath', 30, 'cyber')], ', ')).toBe('2 clusters in 2 sectors');
    expect(countOf([row('Leeds', 40), row('Bath', 30)], ', ')).toBe('2 clusters, 70 enterprises');
});
test('names that hold an "and" are told apart', () =>
    expect(leadOf([row('Leeds', 40), row('Bath', 20), row('Mexborough and Wath', 10)])).toMatch(/: Leeds; Bath; and Mexborough and Wath\.$/));
test('where all are named, none is called the largest', () => expect(leadOf([row('Bath', 12), row('Leeds', 30)])).toBe('2 clusters of 42 enterprises: Leeds and Bath.'));
test('one cluster is not the largest of anything', () => expect(leadOf([row('Bath', 12)], ' in 2019')).toBe('1 cluster of 12 enterprises in 2019: Bath.'));
test('no cluster, no sentence', () => expect(leadOf([])).toBe(''));
