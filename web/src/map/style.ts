// The map as a value: everything drawn follows from these inputs. MapLibre compares the style with the last one and
// changes only what differs.
import type {
    ExpressionSpecification,
    FilterSpecification,
    LayerSpecification,
    SourceSpecification,
    StyleSpecification,
} from 'maplibre-gl';
import type { FeatureCollection } from 'geojson';
import type { Atlas } from '../api/types';
import type { Theme } from '../state/theme.svelte';
import { BASE, TYPE_LOOKS, type BaseColours, type LineStyle } from './colours';
import { outlineZoomExpression } from './points';

const EMPTY: FeatureCollection = { type: 'FeatureCollection', features: [] };
const TEXT = ['Inter Map'];
const TEXT_STRONG = ['Inter Map Semibold'];

export interface MapInputs {
    theme: Theme;
    atlas: Atlas;
    /** Where tiles come from: MapLibre's worker wants whole addresses. */
    origin: string;
    points: FeatureCollection;
    /** The colour of a cluster, by its id or attributes. */
    colour: ExpressionSpecification | string;
    /** Which clusters of the tiles are shown. */
    shown: FilterSpecification;
    selected: number | null;
    /** Published outlines as ghosts, under the reader's own parameters. */
    tuned: FeatureCollection | null;
    /** The drawn circle or polygon, or the line being drawn. */
    drawn: FeatureCollection | null;
    links: FeatureCollection | null;
    /** Code of the area in question; its outline is drawn strong. */
    areaCode: string | null;
    areaLevel: string | null;
    showFirms: boolean;
    showInstitutions: boolean;
    showPublished: boolean;
    sector: string | null;
    /** Latitude of the middle of the atlas: sizes on screen are worked out there. */
    latDeg: number;
    /** Places whose name a cluster bears already. */
    named: string[];
    /** Reads as colour by type: outline styles tell types apart. */
    byType: boolean;
}

type Sources = Record<string, SourceSpecification>;

const geojson = (data: FeatureCollection | string): SourceSpecification => ({ type: 'geojson', data, tolerance: 0.2 });

function tiles(inputs: MapInputs, layer: string, minzoom = 0, maxzoom = 14): SourceSpecification {
    const url = `${inputs.origin}/tiles/${layer}/{z}/{x}/{y}.mvt`;
    return { type: 'vector', tiles: [url], minzoom, maxzoom };
}

function sources(inputs: MapInputs): Sources {
    const { has } = inputs.atlas;
    const all: Sources = {
        world: geojson('/basemap/world.json'),
        europe: geojson('/basemap/europe.json'),
        isles: geojson('/basemap/isles.json'),
        clusters: tiles(inputs, 'clusters'),
        points: geojson(inputs.points),
        tuned: geojson(inputs.tuned ?? EMPTY),
        drawn: geojson(inputs.drawn ?? EMPTY),
        links: geojson(inputs.links ?? EMPTY),
    };
    if (has.land) all['land'] = tiles(inputs, 'land', 0, 12);
    if (has.areas) all['areas'] = tiles(inputs, 'areas', 0, 12);
    if (has.places) all['places'] = tiles(inputs, 'places', 0, 12);
    if (has.firms) all['firms'] = tiles(inputs, 'firms', 6);
    if (has.institutions) all['institutions'] = tiles(inputs, 'institutions');
    if (has.published_clusters) all['published'] = tiles(inputs, 'published-clusters');
    return all;
}

const kind = (name: string): FilterSpecification => ['==', ['get', 'kind'], name];

function base(inputs: MapInputs, c: BaseColours): LayerSpecification[] {
    const tier = (source: string): LayerSpecification[] => [
        { id: `${source}-sea`, type: 'fill', source, filter: kind('sea'), paint: { 'fill-color': c.sea, 'fill-antialias': false } },
        { id: `${source}-land`, type: 'fill', source, filter: kind('land'), paint: { 'fill-color': c.land, 'fill-antialias': false } },
    ];
    const coast = (source: string): LayerSpecification => ({
        id: `${source}-coast`,
        type: 'line',
        source,
        filter: kind('coast'),
        paint: { 'line-color': c.coast, 'line-width': 0.7 },
    });
    const border = (source: string): LayerSpecification => ({
        id: `${source}-border`,
        type: 'line',
        source,
        filter: kind('border'),
        paint: { 'line-color': c.border, 'line-width': ['interpolate', ['linear'], ['zoom'], 4, 0.6, 9, 1.4] },
    });
    const layers: LayerSpecification[] = [
        { id: 'background', type: 'background', paint: { 'background-color': c.sea } },
        ...tier('world'),
        ...tier('europe'),
        coast('europe'),
        border('europe'),
        ...tier('isles'),
        // The atlas's own land, where there is any, covers this coast with its own.
        coast('isles'),
    ];
    if (inputs.atlas.has.land) {
        const source = { source: 'land', 'source-layer': 'land' } as const;
        layers.push(
            { id: 'land', type: 'fill', ...source, paint: { 'fill-color': c.land, 'fill-antialias': false } },
            { id: 'land-coast', type: 'line', ...source, paint: { 'line-color': c.coast, 'line-width': 0.7 } },
        );
    }
    layers.push(border('isles'));
    return layers;
}

function areas(inputs: MapInputs, c: BaseColours): LayerSpecification[] {
    if (!inputs.atlas.has.areas) return [];
    const level = inputs.areaLevel;
    const source = { source: 'areas', 'source-layer': 'areas' } as const;
    const layers: LayerSpecification[] = [];
    if (level) {
        layers.push({
            id: 'areas',
            type: 'line',
            ...source,
            filter: ['==', ['get', 'level'], level],
            minzoom: 6,
            paint: {
                'line-color': c.border,
                'line-width': 0.8,
                'line-opacity': ['interpolate', ['linear'], ['zoom'], 6, 0, 7.5, 0.9],
            },
        });
    }
    if (inputs.areaCode) {
        const chosen: FilterSpecification = ['==', ['get', 'code'], inputs.areaCode];
        layers.push(
            { id: 'area-chosen-fill', type: 'fill', ...source, filter: chosen, paint: { 'fill-color': c.accent, 'fill-opacity': 0.06 } },
            { id: 'area-chosen', type: 'line', ...source, filter: chosen, paint: { 'line-color': c.accent, 'line-width': 2 } },
        );
    }
    return layers;
}

/** Value when hovered, when selected, when another is selected, otherwise. */
function byState(inputs: MapInputs, hover: number, chosen: number, other: number, plain: number): ExpressionSpecification {
    const selected: ExpressionSpecification | number =
        inputs.selected === null ? plain : ['case', ['==', ['id'], inputs.selected], chosen, other];
    return ['case', ['boolean', ['feature-state', 'hover'], false], hover, selected];
}

const LINE_DASH: Partial<Record<LineStyle, number[]>> = { dashed: [4, 2.5], dotted: [1, 2] };

function clusters(inputs: MapInputs, c: BaseColours): LayerSpecification[] {
    const source = { source: 'clusters', 'source-layer': 'clusters' } as const;
    const isTuned = inputs.tuned !== null;
    const shown: FilterSpecification = ['all', inputs.shown, ['>=', ['zoom'], outlineZoomExpression(inputs.latDeg)]] as FilterSpecification;
    const layers: LayerSpecification[] = [
        {
            id: 'clusters-fill',
            type: 'fill',
            ...source,
            filter: shown,
            paint: {
                'fill-color': inputs.colour,
                'fill-opacity': isTuned ? 0.02 : byState(inputs, 0.32, 0.26, 0.08, inputs.byType ? 0.18 : 0.5),
            },
        },
    ];
    for (const [type, look] of Object.entries(TYPE_LOOKS)) {
        const dash = LINE_DASH[look.line];
        layers.push({
            id: `clusters-line-${type}`,
            type: 'line',
            ...source,
            filter: ['all', shown, ['==', ['get', 'type'], type]] as FilterSpecification,
            layout: { 'line-join': 'round' },
            paint: {
                'line-color': inputs.byType ? look[inputs.theme] : inputs.colour,
                'line-width': byState(inputs, 2.5, 2.5, look.line === 'double' ? 1 : 1.3, look.line === 'double' ? 1.1 : 1.5),
                'line-opacity': isTuned ? 0.45 : byState(inputs, 1, 0, 0.45, 1),
                ...(look.line === 'double' ? { 'line-gap-width': 2 } : {}),
                ...(dash || isTuned ? { 'line-dasharray': isTuned ? [2, 3] : (dash ?? [1]) } : {}),
            },
        });
    }
    if (inputs.selected !== null) {
        layers.push({
            id: 'clusters-selected',
            type: 'line',
            ...source,
            filter: ['==', ['id'], inputs.selected],
            layout: { 'line-join': 'round' },
            paint: { 'line-color': c.accent, 'line-width': 3 },
        });
    }
    return layers;
}

function tuned(c: BaseColours): LayerSpecification[] {
    return [
        { id: 'tuned-fill', type: 'fill', source: 'tuned', paint: { 'fill-color': c.accent, 'fill-opacity': 0.16 } },
        { id: 'tuned-line', type: 'line', source: 'tuned', paint: { 'line-color': c.accent, 'line-width': 1.8 } },
    ];
}

function drawn(c: BaseColours): LayerSpecification[] {
    return [
        { id: 'drawn-fill', type: 'fill', source: 'drawn', filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'fill-color': c.accent, 'fill-opacity': 0.08 } },
        { id: 'drawn-line', type: 'line', source: 'drawn', paint: { 'line-color': c.accent, 'line-width': 2, 'line-dasharray': [3, 2] } },
        {
            id: 'drawn-corners',
            type: 'circle',
            source: 'drawn',
            filter: ['==', ['geometry-type'], 'Point'],
            paint: { 'circle-color': c.paper, 'circle-radius': 4, 'circle-stroke-color': c.accent, 'circle-stroke-width': 2 },
        },
    ];
}

function overlays(inputs: MapInputs, c: BaseColours): LayerSpecification[] {
    const layers: LayerSpecification[] = [];
    const { has } = inputs.atlas;
    if (has.published_clusters && inputs.showPublished) {
        layers.push({
            id: 'published-line',
            type: 'line',
            source: 'published',
            'source-layer': 'published-clusters',
            paint: { 'line-color': c.inkQuiet, 'line-width': 1.2, 'line-dasharray': [5, 3] },
        });
    }
    if (inputs.links) {
        layers.push({
            id: 'links',
            type: 'line',
            source: 'links',
            layout: { 'line-cap': 'round' },
            paint: {
                'line-color': TYPE_LOOKS.rdi_collaborating[inputs.theme],
                'line-opacity': 0.55,
                'line-width': ['interpolate', ['linear'], ['get', 'projects'], 1, 1, 10, 5],
            },
        });
    }
    if (has.firms && inputs.showFirms) {
        const inSector: FilterSpecification | undefined = inputs.sector
            ? ['in', `;${inputs.sector};`, ['get', 'sectors']]
            : undefined;
        layers.push({
            id: 'firms',
            type: 'circle',
            source: 'firms',
            'source-layer': 'firms',
            minzoom: 9,
            ...(inSector ? { filter: inSector } : {}),
            paint: {
                'circle-color': ['case', ['boolean', ['get', 'is_rdi_active'], false], c.ink, c.inkQuiet],
                'circle-opacity': ['case', ['boolean', ['get', 'is_rdi_active'], false], 0.9, 0.5],
                'circle-radius': ['interpolate', ['linear'], ['zoom'], 9, 1.6, 12, 3, 15, 5],
                'circle-stroke-color': c.paper,
                'circle-stroke-width': ['interpolate', ['linear'], ['zoom'], 9, 0, 12, 1],
            },
        });
    }
    return layers;
}

function circles(inputs: MapInputs, c: BaseColours): LayerSpecification[] {
    if (inputs.tuned) return [];
    const small: FilterSpecification = ['<', ['zoom'], ['get', 'outline_zoom']];
    return [
        {
            id: 'clusters-circle',
            type: 'circle',
            source: 'points',
            filter: small,
            layout: { 'circle-sort-key': ['get', 'order'] },
            paint: {
                'circle-color': inputs.colour,
                'circle-radius': ['interpolate', ['linear'], ['sqrt', ['get', 'enterprises']], 3, 4, 10, 6, 30, 11, 70, 20],
                'circle-opacity': byState(inputs, 0.75, 0.8, 0.2, 0.45),
                'circle-stroke-color':
                    inputs.selected === null ? inputs.colour : ['case', ['==', ['id'], inputs.selected], c.accent, inputs.colour],
                'circle-stroke-width': byState(inputs, 2.5, 3, 1, 1.4),
                'circle-stroke-opacity': byState(inputs, 1, 1, 0.4, 0.95),
            },
        },
    ];
}

/** A name stands beside its circle, but inside its outline. */
function clusterNames(inputs: MapInputs, c: BaseColours, isOutline: boolean): LayerSpecification {
    return {
        id: isOutline ? 'clusters-name-inside' : 'clusters-name',
        type: 'symbol',
        source: 'points',
        filter: [isOutline ? '>=' : '<', ['zoom'], ['get', 'outline_zoom']],
        layout: {
            ...(isOutline
                ? {}
                : { 'text-radial-offset': ['interpolate', ['linear'], ['sqrt', ['get', 'enterprises']], 3, 0.65, 10, 0.75, 30, 1.1, 70, 1.6] }),
            'text-field': [
                'case',
                ['==', ['get', 'second_line'], ''],
                ['get', 'name'],
                ['format', ['get', 'name'], {}, '\n', {}, ['get', 'second_line'], { 'font-scale': 0.86, 'text-font': ['literal', TEXT] }],
            ],
            'text-font': TEXT_STRONG,
            'text-size': ['interpolate', ['linear'], ['sqrt', ['get', 'enterprises']], 3, 12, 25, 14, 60, 16],
            'text-max-width': 9,
            'text-line-height': 1.15,
            'symbol-sort-key': ['get', 'order'],
            'text-variable-anchor': isOutline ? ['center', 'top', 'bottom'] : ['top', 'bottom', 'left', 'right'],
            'text-justify': 'auto',
            'text-padding': 4,
        },
        paint: {
            'text-color': c.ink,
            'text-halo-color': c.paper,
            'text-halo-width': 1.6,
            'text-opacity': inputs.selected === null ? 1 : ['case', ['==', ['id'], inputs.selected], 1, 0.55],
        },
    } as LayerSpecification;
}

/** Nothing to see: room kept for each circle, so that names stay off the others' circles. */
const circleRoom: LayerSpecification = {
    id: 'clusters-room',
    type: 'symbol',
    source: 'points',
    filter: ['<', ['zoom'], ['get', 'outline_zoom']],
    layout: {
        'icon-image': 'blank',
        'icon-padding': ['interpolate', ['linear'], ['sqrt', ['get', 'enterprises']], 3, 2, 10, 3, 30, 6, 70, 12],
        'icon-allow-overlap': true,
    },
};

function labels(inputs: MapInputs, c: BaseColours): LayerSpecification[] {
    const layers: LayerSpecification[] = [];
    const { has } = inputs.atlas;
    if (has.places) {
        layers.push({
            id: 'places',
            type: 'symbol',
            source: 'places',
            'source-layer': 'places',
            layout: {
                'text-field': ['case', ['in', ['get', 'name'], ['literal', inputs.named]], '', ['get', 'name']],
                'text-font': TEXT,
                'text-size': ['interpolate', ['linear'], ['get', 'importance'], 0, 12, 0.6, 12.5, 1, 14],
                'symbol-sort-key': ['-', ['get', 'importance']],
                'text-padding': 6,
                'text-max-width': 8,
            },
            paint: { 'text-color': c.inkQuiet, 'text-halo-color': c.land, 'text-halo-width': 1.2, 'text-opacity': 0.9 },
        });
    }
    if (has.institutions && inputs.showInstitutions) {
        layers.push({
            id: 'institutions',
            type: 'symbol',
            source: 'institutions',
            'source-layer': 'institutions',
            layout: {
                'icon-image': 'institution',
                'icon-allow-overlap': true,
                'text-field': ['step', ['zoom'], '', 10, ['get', 'name']],
                'text-font': TEXT,
                'text-size': 12,
                'text-optional': true,
                'text-anchor': 'top',
                'text-offset': [0, 0.8],
                'text-max-width': 9,
            },
            paint: { 'text-color': c.ink, 'text-halo-color': c.paper, 'text-halo-width': 1.4 },
        });
    }
    if (!inputs.tuned) layers.push(clusterNames(inputs, c, false), clusterNames(inputs, c, true), circleRoom);
    return layers;
}

export function buildStyle(inputs: MapInputs): StyleSpecification {
    const c = BASE[inputs.theme];
    return {
        version: 8,
        name: inputs.atlas.name,
        sources: sources(inputs),
        transition: { duration: 150 },
        layers: [
            ...base(inputs, c),
            ...areas(inputs, c),
            ...clusters(inputs, c),
            ...tuned(c),
            ...overlays(inputs, c),
            ...circles(inputs, c),
            ...drawn(c),
            ...labels(inputs, c),
        ],
    };
}

/** Layers that answer to the pointer, topmost first. */
export const CLUSTER_LAYERS = ['clusters-circle', 'clusters-fill'];
