import { createPropertyExpression, latest, validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import { expect, test } from 'vitest';
import type { Atlas } from '../api/types';
import { LAST_ZOOM } from '../../tools/coast.mjs';
import { gathered } from './gathered';
import { colourExpression, ringColours, shownFilter } from './inputs';
import type { MapInputs } from './layers/inputs';
import { clusterPoints } from './points';
import { buildStyle } from './style';
import { tunedMarks } from './tuned';

const has = { firms: true, institutions: true, areas: true, places: true, land: true, published_clusters: true };
const atlas = { name: 'Test', has, base_map: '/base.pmtiles', cluster_types: ['specialised'] } as unknown as Atlas;
const points = clusterPoints([], false, 53);
const marks = (colour: string, isOfAll: boolean) => gathered([], 'light', ringColours(colour, 'light', [], null), isOfAll, 53);
const plain: MapInputs = {
    atlas, points, theme: 'light', origin: 'http://map.example', drawn: null, outlinesFrom: 6, latDeg: 53, named: ['Leeds'],
    colour: colourExpression('type', 'light', [], [], null), shown: shownFilter('space', false, []), selected: null, tuned: null,
    gathered: marks('type', false), sides: null,
    links: null, areaCode: null, boundaries: null, here: null, firmYears: null, showFirms: false, showInstitutions: false,
    showPublished: false, sector: 'space', sectorNames: ['space'], byType: true,
};
const everything: MapInputs = {
    ...plain, theme: 'dark', selected: 3, links: points, areaCode: 'lower_tier:E1', here: [0, 51], firmYears: { from: 2015, to: 2020 },
    showFirms: true, showInstitutions: true, showPublished: true, boundaries: { levels: ['region', 'lower_tier', 'parish'], chosen: null, names: points },
};
const states: [string, MapInputs][] = [
    ['as it opens', plain],
    ['with everything on', everything],
    ['with all sectors', { ...plain, sector: null, shown: shownFilter(null, false, null), gathered: marks('type', true) }],
    ['with all sectors by a figure that is awaited', { ...plain, sector: null, gathered: marks('enterprise_count', true) }],
    ['with all sectors, one cluster and a narrow window', { ...everything, sector: null, gathered: marks('type', true), sides: { west: -3, east: 0, degreesPerPx: 0.01 } }],
    ['on a narrow window', { ...plain, sides: { west: -3, east: 0, degreesPerPx: 0.01 } }],
    ['with boundaries that were asked for', { ...plain, boundaries: { levels: ['itl3'], chosen: 'itl3', names: points } }],
    ['with a place', { ...plain, drawn: points }],
    ['with own settings', { ...plain, gathered: null, tuned: { outlines: points, marks: tunedMarks(points, [], 'light', 53) } }],
];

// The page itself leaves the check out: it would take as long as reading the style.
test.each(states)('the style is valid %s', (_, inputs) =>
    expect(validateStyleMin(buildStyle(inputs)).map(({ message }) => message)).toEqual([]));

// MapLibre counts from the middle of a line's height: 7 of 24 parts of an em above its lower edge.
const BASELINE_EM = 7 / 24;
test.each([8, 12, 16, 19, 24])('a name beside, above or below a ring of %i px is clear of the square that keeps names off it, wherever it is held', (radius) => {
    const layout = buildStyle(plain).layers.find(({ id }) => id === 'gathered-name')!.layout as Record<string, unknown>;
    const valueOf = <T>(name: string): T => {
        const made = createPropertyExpression(layout[name], latest.layout_symbol[name]!);
        if (made.result !== 'success') throw new Error(JSON.stringify(made.value));
        return made.value.evaluate({ zoom: 5 }, { type: 1, properties: { radius, ring: 1 } }) as T;
    };
    const size = valueOf<number>('text-size');
    const { values } = valueOf<{ values: (string | [number, number])[] }>('text-variable-anchor-offset');
    expect(values.length).toBe(16);
    for (let i = 0; i < values.length; i += 2) {
        const [anchor, [right, down]] = [values[i] as string, values[i + 1] as [number, number]];
        const aside = anchor === 'left' || anchor === 'right' ? Math.abs(right) : Math.abs(down) - BASELINE_EM;
        expect(aside * size - Number(layout['text-padding']), anchor).toBeGreaterThanOrEqual(radius);
    }
});

test('the base map is asked for no further in than it goes', () =>
    expect(buildStyle(plain).sources['base']).toMatchObject({ maxzoom: LAST_ZOOM }));

test('at each zoom the outlines of one level are drawn, the finest of those that are due', () => {
    const boundaries = { levels: ['region', 'combined_authority', 'lower_tier'], chosen: null, names: points };
    const { layers } = buildStyle({ ...plain, boundaries });
    const drawnAt = (zoom: number): string[] =>
        layers.flatMap(({ id, minzoom = 0, maxzoom = 24 }) => (id.startsWith('areas-') && minzoom <= zoom && zoom < maxzoom ? [id] : []));
    expect([2, 4, 6, 6.5, 8, 10, 14].map(drawnAt)).toEqual([
        [], ['areas-region'], ['areas-region'], ['areas-lower_tier'], ['areas-lower_tier'], ['areas-lower_tier'], ['areas-lower_tier'],
    ]);
});

test('of names that would overlap, one inside an outline wins over those of marks and places, and none lies on a mark', () => {
    const order = buildStyle(plain).layers.map(({ id }) => id);
    // What comes later is placed first.
    const placed = ['places', 'gathered-name', 'clusters-name-inside', 'gathered-ring'].map((id) => order.indexOf(id));
    expect(placed).not.toContain(-1);
    expect(placed).toEqual([...placed].sort((a, b) => a - b));
});
