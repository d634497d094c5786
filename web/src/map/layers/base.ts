// What lies under the clusters: sea, land, coast, borders and the boundaries of areas.
import type { FilterSpecification, LayerSpecification } from 'maplibre-gl';
import type { BaseColours } from '../colours';
import { TEXT } from './fonts';
import type { MapInputs } from './inputs';

const LAND_FROM = 6;
/** From here on the atlas's own coast and the coarse one are seen to be two. */
const COAST_TO = 10;

export function base(inputs: MapInputs, c: BaseColours): LayerSpecification[] {
    const hasLand = inputs.atlas.has.land;
    const ground = (source: string, layer: string) => ({ source, 'source-layer': layer }) as const;
    const land = { 'fill-color': c.land, 'fill-antialias': false };
    const coast = { 'line-color': c.coast, 'line-width': 0.7 };
    const layers: LayerSpecification[] = [
        { id: 'background', type: 'background', paint: { 'background-color': c.sea } },
        { id: 'base-land', type: 'fill', ...ground('base', 'land'), paint: land },
        { id: 'base-coast', type: 'line', ...ground('base', 'coast'), maxzoom: hasLand ? COAST_TO : 24, paint: coast },
    ];
    if (hasLand) {
        // Further out the coarse land is as good, and there already.
        layers.push(
            { id: 'land', type: 'fill', ...ground('land', 'land'), minzoom: LAND_FROM, paint: land },
            { id: 'land-coast', type: 'line', ...ground('land', 'land'), minzoom: LAND_FROM, paint: coast },
        );
    }
    layers.push({
        id: 'base-border',
        type: 'line',
        ...ground('base', 'border'),
        paint: { 'line-color': c.border, 'line-width': ['interpolate', ['linear'], ['zoom'], 4, 0.6, 9, 1.4] },
    });
    return layers;
}

interface LevelLook {
    /** From here on its outlines are drawn, until those of a finer level are. */
    from: number;
    /** Where the next level takes over the names. */
    namesTo: number;
    /** From here on its names are shown. */
    namesFrom: number;
    widthPx: number;
}

/** Regions are seen from far, authorities from near; a level of an atlas's own is as an authority. */
const LEVELS: Record<string, LevelLook> = {
    region: { from: 3.5, namesFrom: 4, namesTo: 7.5, widthPx: 1.1 },
    combined_authority: { from: 6.5, namesFrom: 7.5, namesTo: 9.5, widthPx: 1.6 },
    lower_tier: { from: 6.5, namesFrom: 8.5, namesTo: 24, widthPx: 0.8 },
};
const ANY: LevelLook = { from: 6.5, namesFrom: 8, namesTo: 24, widthPx: 0.8 };
const ASKED: LevelLook = { from: 0, namesFrom: 6, namesTo: 24, widthPx: 1.2 };

const areaSource = { source: 'areas', 'source-layer': 'areas' } as const;

const looks = ({ boundaries }: MapInputs): [string, LevelLook][] =>
    (boundaries?.levels ?? []).map((level) => [level, boundaries?.chosen ? ASKED : (LEVELS[level] ?? ANY)]);

/** One level at a time, the finest there is at a zoom: each is simplified by itself, and the lines of two would not be the same. */
function levelLines(inputs: MapInputs, c: BaseColours): LayerSpecification[] {
    const all = looks(inputs);
    return all.flatMap(([level, { from, widthPx }], i): LayerSpecification[] => {
        const to = Math.min(24, ...all.slice(i + 1).map(([, finer]) => finer.from));
        if (to <= from) return [];
        return [
            {
                id: `areas-${level}`,
                type: 'line',
                ...areaSource,
                filter: ['==', ['get', 'level'], level],
                minzoom: from,
                maxzoom: to,
                layout: { 'line-join': 'round' },
                paint: {
                    'line-color': inputs.boundaries?.chosen ? c.inkQuiet : c.border,
                    'line-width': ['interpolate', ['linear'], ['zoom'], from, widthPx / 2, from + 4, widthPx],
                    'line-opacity': ['interpolate', ['linear'], ['zoom'], from, 0.4, from + 1.5, 0.9],
                },
            },
        ];
    });
}

/** The outlines of areas, and the chosen one's. */
export function areas(inputs: MapInputs, c: BaseColours): LayerSpecification[] {
    if (!inputs.atlas.has.areas) return [];
    const layers = levelLines(inputs, c);
    if (inputs.areaCode) {
        // Where several levels share a code, it comes as level:code.
        const [code, ofLevel] = inputs.areaCode.split(':').reverse();
        const chosen: FilterSpecification = ['all', ['==', ['get', 'code'], code ?? ''], ofLevel ? ['==', ['get', 'level'], ofLevel] : true];
        layers.push(
            { id: 'area-chosen-fill', type: 'fill', ...areaSource, filter: chosen, paint: { 'fill-color': c.accent, 'fill-opacity': 0.06 } },
            { id: 'area-chosen', type: 'line', ...areaSource, filter: chosen, paint: { 'line-color': c.accent, 'line-width': 2 } },
        );
    }
    return layers;
}

/** The names of areas, spaced out in capitals so that they are no towns; those with most firms win their place. */
export const areaNames = (inputs: MapInputs, c: BaseColours): LayerSpecification[] =>
    looks(inputs).map(([level, { namesFrom, namesTo }]): LayerSpecification => ({
        id: `area-names-${level}`,
        type: 'symbol',
        source: 'area-names',
        filter: ['==', ['get', 'level'], level],
        minzoom: namesFrom,
        maxzoom: namesTo,
        layout: {
            'text-field': ['get', 'name'],
            'text-transform': 'uppercase',
            'text-font': TEXT,
            'text-size': 12,
            'text-letter-spacing': 0.14,
            'text-max-width': 9,
            'text-line-height': 1.3,
            'text-padding': 6,
            'symbol-sort-key': ['-', ['get', 'weight']],
        },
        paint: { 'text-color': c.inkQuiet, 'text-halo-color': c.land, 'text-halo-width': 1.2, 'text-opacity': 0.85 },
    }));
