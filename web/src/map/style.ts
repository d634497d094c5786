// The map as a value: everything drawn follows from its inputs. MapLibre compares the style with the last one and
// changes only what differs.
import type { SourceSpecification, StyleSpecification } from 'maplibre-gl';
import type { FeatureCollection } from 'geojson';
import { BASE } from './colours';
import { archive } from './layers/archive';
import { areaNames, areas, base } from './layers/base';
import { names, outlines } from './layers/clusters';
import { gathered, gatheredNames } from './layers/gathered';
import type { MapInputs } from './layers/inputs';
import { drawn, firms, here, institutions, links, partners, places, published } from './layers/others';
import { tunedMarks, tunedOutlines } from './layers/tuned';

const pointAt = (coordinates: [number, number]): FeatureCollection => ({
    type: 'FeatureCollection',
    features: [{ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates } }],
});

type Sources = Record<string, SourceSpecification>;

const geojson = (data: FeatureCollection | string): SourceSpecification => ({ type: 'geojson', data, tolerance: 0.2 });

function tiles(inputs: MapInputs, layer: string, minzoom = 0, maxzoom = 14, query = ''): SourceSpecification {
    const url = `${inputs.origin}/tiles/${layer}/{z}/{x}/{y}.mvt${query}`;
    return { type: 'vector', tiles: [url], minzoom, maxzoom };
}

function sources(inputs: MapInputs): Sources {
    const { has } = inputs.atlas;
    const all: Sources = {
        // Made by tools/basemap.mjs; the last zoom is the one of tools/coast.mjs.
        base: { type: 'vector', tiles: [`${inputs.origin}/basemap/{z}/{x}/{y}.pbf`], maxzoom: 4 },
        clusters: tiles(inputs, 'clusters'),
        points: geojson(inputs.points),
    };
    if (inputs.gathered) all['gathered'] = geojson(inputs.gathered.points);
    if (inputs.tuned) {
        all['tuned'] = geojson(inputs.tuned.outlines);
        all['tuned-marks'] = geojson(inputs.tuned.marks);
    }
    if (inputs.drawn) all['drawn'] = geojson(inputs.drawn);
    if (inputs.links) all['links'] = geojson(inputs.links);
    if (inputs.here) all['here'] = geojson(pointAt(inputs.here));
    const { base_map } = inputs.atlas;
    if (base_map) all['archive'] = { type: 'vector', url: `pmtiles://${new URL(base_map, inputs.origin).href}` };
    if (has.land) all['land'] = tiles(inputs, 'land', 0, 12);
    if (has.areas) all['areas'] = tiles(inputs, 'areas', 0, 12);
    if (inputs.boundaries) all['area-names'] = geojson(inputs.boundaries.names);
    if (has.places) all['places'] = tiles(inputs, 'places', 0, 12);
    if (has.firms) all['firms'] = tiles(inputs, 'firms', 6, 14, inputs.sector ? `?sector=${encodeURIComponent(inputs.sector)}` : '');
    if (has.institutions) all['institutions'] = tiles(inputs, 'institutions');
    if (has.published_clusters) all['published'] = tiles(inputs, 'published-clusters');
    return all;
}

const REGION_NAMES = 'area-names-region';

export function buildStyle(inputs: MapInputs): StyleSpecification {
    const c = BASE[inputs.theme];
    return {
        version: 8,
        name: inputs.atlas.name,
        sources: sources(inputs),
        transition: { duration: 150 },
        layers: [
            ...base(inputs, c),
            ...(inputs.atlas.base_map ? archive(c) : []),
            ...areas(inputs, c),
            ...outlines(inputs, c),
            ...tunedOutlines(inputs, c),
            ...published(inputs, c),
            ...links(inputs),
            ...firms(inputs, c),
            ...(inputs.drawn ? drawn(c) : []),
            ...here(inputs, c),
            // What comes later wins its place: regions before towns before authorities.
            ...areaNames(inputs, c).filter(({ id }) => id !== REGION_NAMES),
            ...places(inputs, c),
            ...areaNames(inputs, c).filter(({ id }) => id === REGION_NAMES),
            ...institutions(inputs, c),
            ...partners(inputs, c),
            // Marks keep names off them; a name inside an outline comes before those of marks, which are smaller.
            ...gatheredNames(inputs, c),
            ...names(inputs, c),
            ...gathered(inputs, c),
            ...tunedMarks(inputs, c),
        ],
    };
}
