// Makes the base map's static files from Natural Earth (npm world-atlas, public domain): fine land and country borders
// for the British Isles, coarser ones for the rest of Europe, coarse land for the world. GeoJSON, four decimals (10 m).
// Each finer tier brings a rectangle of sea that hides the coarser one below it.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { feature, mesh } from 'topojson-client';

const require = createRequire(import.meta.url);
const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, '..', 'public', 'basemap');
const load = (name) => JSON.parse(readFileSync(require.resolve(`world-atlas/${name}.json`), 'utf8'));

const ISLES = { west: -13, south: 48.6, east: 4.6, north: 61.6 };
const EUROPE = { west: -26, south: 40, east: 22, north: 68 };

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

function clipLine(line, box) {
    const inside = ([x, y]) => x >= box.west && x <= box.east && y >= box.south && y <= box.north;
    const parts = [];
    let part = [];
    for (const xy of line) {
        if (inside(xy)) part.push(xy);
        else if (part.length) {
            parts.push(part);
            part = [];
        }
    }
    if (part.length) parts.push(part);
    return parts.map(thin).filter((p) => p.length > 1);
}

function rectangle({ west, south, east, north }) {
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]];
}

function landPolygons(atlas) {
    const all = feature(atlas, atlas.objects.land).features ?? [feature(atlas, atlas.objects.land)];
    return all.flatMap(({ geometry }) => (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates));
}

const clipPolygons = (polygons, box) =>
    polygons.map((p) => p.map((ring) => clipRing(ring, box)).filter(Boolean)).filter((p) => p.length > 0);

const item = (kind, type, coordinates) => ({ type: 'Feature', properties: { kind }, geometry: { type, coordinates } });

function tier(name, box) {
    const atlas = load(name);
    const polygons = landPolygons(atlas);
    const features = [
        item('sea', 'Polygon', rectangle(box)),
        item('land', 'MultiPolygon', clipPolygons(polygons, box)),
        // The coast apart from the land, so that the cut along the box is no coast.
        item('coast', 'MultiLineString', polygons.flat().flatMap((ring) => clipLine(ring, box))),
    ];
    if (atlas.objects.countries) {
        const borders = mesh(atlas, atlas.objects.countries, (a, b) => a !== b).coordinates;
        features.push(item('border', 'MultiLineString', borders.flatMap((line) => clipLine(line, box))));
    }
    return { type: 'FeatureCollection', features };
}

mkdirSync(out, { recursive: true });
const write = (name, value) => writeFileSync(join(out, `${name}.json`), JSON.stringify(value));
write('isles', tier('countries-10m', ISLES));
write('europe', tier('countries-50m', EUROPE));
write('world', tier('land-110m', { west: -180, south: -85, east: 180, north: 85 }));
