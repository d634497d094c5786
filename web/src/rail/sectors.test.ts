import { expect, test } from 'vitest';
import type { Sector } from '../api/types';
import { holds, matching, sectorGroups } from './sectors';

const sector = (slug: string, parent: string | null, clusters: number, type: Sector['type'] = 'sic'): Sector =>
    ({ slug, name: slug.replace('-', ' '), parent, clusters, type }) as Sector;

const SECTORS = [
    sector('making', null, 0),
    sector('fine-machines', 'making', 3),
    sector('rough-machines', 'making', 0),
    sector('empty', null, 0),
    sector('quantum', 'making', 2, 'technology'),
];

const groups = sectorGroups(SECTORS, ['technology', 'sic']);

test('sectors are grouped by type in the order given', () =>
    expect(groups.map((group) => group.type)).toEqual(['technology', 'sic']));
test('a parent without clusters stays when a child has some', () =>
    expect(groups[1]?.roots.map((node) => node.sector.slug)).toEqual(['making']));
test('a child of another type heads its own tree', () =>
    expect(groups[0]?.roots.map((node) => node.sector.slug)).toEqual(['quantum']));
test('words find children and keep their parents', () => {
    const found = matching(groups[1]?.roots ?? [], 'FINE');
    expect(found[0]?.sector.slug).toBe('making');
    expect(found[0]?.children.map((node) => node.sector.slug)).toEqual(['fine-machines']);
});
test('a node knows what is below it', () => expect(holds(groups[1]!.roots[0]!, 'fine-machines')).toBe(true));
