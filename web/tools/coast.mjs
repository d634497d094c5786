// Land, coast and country borders from Natural Earth (npm world-atlas, public domain): fine ones for the British Isles, coarser
// ones for the rest of Europe, coarse ones for the world. Four decimals of a degree (10 m).
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { feature, mesh } from 'topojson-client';

const require = createRequire(import.meta.url);
const ISLES = { west: -13, south: 48.6, east: 4.6, north: 61.6 };
const EUROPE = { west: -26, south: 40, east: 22, north: 68 };
const WORLD = { west: -180, south: -85, east: 180, north: 85 };

const round = (value) => Math.round(value * 1e4) / 1e4;

function thin(line) {
    const kept = [];
    for (const xy of line) {
        const next = [round(xy[0]), round(xy[1])];
        const last = kept[kept.length - 1];
        if (!last || last[0] !== next[0] || last[1] !== next[1]) kept.push(next);
    }
    return kept;
}

const between = (a, b, t) => [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];

/** Sutherland–Hodgman against one side: axis 0 or 1, keeping what lies on `sign`'s side of `limit`. */
function clipSide(ring, axis, limit, sign) {
    const kept = [];
    for (let i = 0; i < ring.length; ++i) {
        const a = ring[(i + ring.length - 1) % ring.length];
        const b = ring[i];
        const aIn = sign * (a[axis] - limit) >= 0;
        const bIn = sign * (b[axis] - limit) >= 0;
        if (aIn !== bIn) kept.push(between(a, b, (limit - a[axis]) / (b[axis] - a[axis])));
        if (bIn) kept.push(b);
    }
    return kept;
}

function clipRing(ring, box) {
    let open = ring.slice(0, -1);
    open = clipSide(open, 0, box.west, 1);
    open = clipSide(open, 0, box.east, -1);
    open = clipSide(open, 1, box.south, 1);
    open = clipSide(open, 1, box.north, -1);
    if (open.length < 3) return null;
    const closed = thin([...open, open[0]]);
    return closed.length > 3 ? closed : null;
}

const isInside = ([x, y], box) => x >= box.west && x <= box.east && y >= box.south && y <= box.north;

/** The parts of a line within the box, and not within the hole where there is one. */
function clipLine(line, box, hole) {
    const parts = [];
    let part = [];
    for (const xy of line) {
        if (isInside(xy, box) && !(hole && isInside(xy, hole))) part.push(xy);
        else if (part.length) {
            parts.push(part);
            part = [];
        }
    }
    if (part.length) parts.push(part);
    return parts.map(thin).filter((p) => p.length > 1);
}

const clipPolygons = (polygons, box) =>
    polygons.map((p) => p.map((ring) => clipRing(ring, box)).filter(Boolean)).filter((p) => p.length > 0);

/** The box without the hole in its middle, in four boxes. */
const around = (box, hole) => [
    { ...box, east: hole.west },
    { ...box, west: hole.east },
    { ...box, west: hole.west, east: hole.east, north: hole.south },
    { ...box, west: hole.west, east: hole.east, south: hole.north },
];

function read(name) {
    const atlas = JSON.parse(readFileSync(require.resolve(`world-atlas/${name}.json`), 'utf8'));
    const land = feature(atlas, atlas.objects.land);
    const polygons = (land.features ?? [land]).flatMap(({ geometry }) => (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates));
    const borders = atlas.objects.countries ? mesh(atlas, atlas.objects.countries, (a, b) => a !== b).coordinates : [];
    return { polygons, borders };
}

/** The last zoom with tiles (src/map/style.ts says the same): the finest coast is not worth more. */
export const LAST_ZOOM = 4;

const TIERS = [
    { name: 'isles', source: 'countries-10m', box: ISLES },
    { name: 'europe', source: 'countries-50m', box: EUROPE, hole: ISLES },
    { name: 'world', source: 'land-110m', box: WORLD, hole: EUROPE },
];

const item = (kind, type, coordinates) => ({ type: 'Feature', properties: { kind }, geometry: { type, coordinates } });
const collection = (features) => ({ type: 'FeatureCollection', features });

/** Land, coast and borders, each as one collection: every place in the finest tier that has it, and in that one only. */
export function ground() {
    const land = [];
    const coast = [];
    const border = [];
    for (const { source, box, hole } of TIERS) {
        const { polygons, borders } = read(source);
        for (const part of hole ? around(box, hole) : [box]) land.push(...clipPolygons(polygons, part));
        // The coast apart from the land, so that the cut along a box is no coast.
        coast.push(...polygons.flat().flatMap((ring) => clipLine(ring, box, hole)));
        border.push(...borders.flatMap((line) => clipLine(line, box, hole)));
    }
    return {
        land: collection(land.map((polygon) => item('land', 'Polygon', polygon))),
        coast: collection(coast.map((line) => item('coast', 'LineString', line))),
        border: collection(border.map((line) => item('border', 'LineString', line))),
    };
}

const rectangle = ({ west, south, east, north }) => [[[west, south], [east, south], [east, north], [west, north], [west, south]]];

/** Each tier as a file of its own, whole, with a rectangle of sea that hides the coarser one below it: what a plain page would draw. */
export const tiers = () =>
    TIERS.map(({ name, source, box }) => {
        const { polygons, borders } = read(source);
        const features = [
            item('sea', 'Polygon', rectangle(box)),
            item('land', 'MultiPolygon', clipPolygons(polygons, box)),
            item('coast', 'MultiLineString', polygons.flat().flatMap((ring) => clipLine(ring, box))),
            ...(borders.length > 0 ? [item('border', 'MultiLineString', borders.flatMap((line) => clipLine(line, box)))] : []),
        ];
        return { name, data: collection(features) };
    });
