// The base map as tools/coast.mjs puts it together from tiers of three finenesses.
import type { Position } from 'geojson';
import { expect, test } from 'vitest';
import { ground } from '../../tools/coast.mjs';

const { land, coast, border } = ground();

/** Whether a place is within a ring, by counting the sides that a line to the east crosses. */
function isWithin([x = 0, y = 0]: Position, ring: Position[]): boolean {
    let isIn = false;
    ring.forEach(([ax = 0, ay = 0], i) => {
        const [bx = 0, by = 0] = ring[(i + 1) % ring.length] ?? [];
        if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) isIn = !isIn;
    });
    return isIn;
}

/** How many times a place is covered by land. */
const covers = (at: Position): number =>
    land.features.filter(({ geometry: { coordinates } }) => coordinates.every((ring, i) => isWithin(at, ring) === (i === 0))).length;

test.each([
    ['Sheffield', -1.47, 53.38], ['Berlin', 13.4, 52.52], ['Denver', -104.98, 39.74], ['Canberra', 149.13, -35.28],
    // On either side of the boxes that part the tiers.
    ['east of Brussels, fine', 4.59, 50.8], ['east of Brussels, coarser', 4.61, 50.8], ['Lviv', 24.03, 49.84], ['Kaunas', 21.99, 55.2],
])('land covers %s once', (_, lon, lat) => expect(covers([lon, lat])).toBe(1));

test.each([['the North Sea', 2.5, 56], ['the Irish Sea', -5, 53.5], ['the Bay of Biscay', -5, 45.5], ['the Atlantic', -40, 30]])(
    'no land covers %s',
    (_, lon, lat) => expect(covers([lon, lat])).toBe(0),
);

test('coast and borders have no line along the boxes', () => {
    const edges = [[0, -13], [0, 4.6], [1, 48.6], [1, 61.6], [0, -26], [0, 22], [1, 40], [1, 68]] as const;
    for (const { geometry } of [...coast.features, ...border.features]) {
        geometry.coordinates.slice(1).forEach((to, i) => {
            const from = geometry.coordinates[i] ?? [];
            expect(edges.some(([axis, at]) => from[axis] === at && to[axis] === at)).toBe(false);
        });
    }
});
