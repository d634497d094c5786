import { expect, test } from 'vitest';
import type { ClusterRow } from '../api/types';
import { categoriesOf, classesOf, colourExpression, placeShape, ringColours, shownFilter, spellings } from './inputs';
import { RING_COLOURS } from './rings';

const row = (id: number, sector: string, enterprises: number): ClusterRow =>
    ({ cluster_id: id, sector: { slug: sector, name: sector, type: 'sic' }, enterprise_count: enterprises, measures: {} }) as unknown as ClusterRow;
const ROWS = [row(1, 'a', 10), row(2, 'b', 20), row(3, 'b', 300)];

test('the sector with most clusters gets the first colour', () =>
    expect(categoriesOf(ROWS).map((c) => c.slug)).toEqual(['b', 'a']));
test('a figure colours by id, each class once', () => {
    const choice = { measure: 'enterprise_count', label: 'Enterprises', unit: 'count' };
    const expression = colourExpression('enterprise_count', 'light', ROWS, [], classesOf(ROWS, choice, 'light')) as unknown[];
    expect(expression[0]).toBe('match');
    expect(expression.filter(Array.isArray).slice(1).flat().sort()).toEqual([1, 2, 3]);
});
test('without values the map is grey rather than broken', () =>
    expect(typeof colourExpression('pay', 'light', ROWS, [], classesOf(ROWS, { measure: 'pay', label: '', unit: 'gbp' }, 'light'))).toBe('string'));
test('one sector is filtered in the tiles, a narrowed list by its ids', () => {
    expect(shownFilter('a', false, ROWS)).toEqual(['==', ['get', 'sector'], 'a']);
    expect(shownFilter('a', true, ROWS)).toEqual(['in', ['id'], ['literal', [1, 2, 3]]]);
    expect(shownFilter(null, false, ROWS)).toEqual(['all']);
});
test('a drawn ring is closed', () => {
    const shape = placeShape({ kind: 'polygon', ring: [[0, 50], [1, 50], [1, 51]] });
    const geometry = shape?.features[0]?.geometry;
    expect(geometry?.type === 'Polygon' && geometry.coordinates[0]).toHaveLength(4);
});
test("another map's spelling of a sector is the same sector", () => {
    const names = spellings({ slug: 'digital-and-technologies', name: 'Digital and Technologies' });
    expect(names).toContain('digital & technologies');
    expect(names).toContain('digital and technologies');
    expect(spellings(undefined)).toEqual([]);
});

test('each cluster has one of the colours of its mark, whatever the map is coloured by', () => {
    const rows = ROWS.map((one, i) => ({ ...one, name: 'Leeds', label: [0, 53], type: i === 0 ? 'diverse' : 'specialised' }) as unknown as ClusterRow);
    const classes = classesOf(rows, { measure: 'enterprise_count', label: '', unit: 'count' }, 'light');
    for (const [colour, of] of [['type', null], ['sector', null], ['enterprise_count', classes], ['pay', null]] as const) {
        const { colours, indexOf } = ringColours(colour, 'light', categoriesOf(rows).slice(0, 1), of);
        expect(colours.length, colour).toBeLessThanOrEqual(RING_COLOURS);
        expect(rows.map((row) => colours[indexOf(row)]).every(Boolean), colour).toBe(true);
    }
});
