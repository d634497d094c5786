// What lies under the clusters: sea, land, coast, borders and the boundaries of areas.
import type { FilterSpecification, LayerSpecification } from 'maplibre-gl';
import type { BaseColours } from '../colours';
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

export function areas(inputs: MapInputs, c: BaseColours): LayerSpecification[] {
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
        // Where several levels share a code, it comes as level:code.
        const [code, ofLevel] = inputs.areaCode.split(':').reverse();
        const chosen: FilterSpecification = ['all', ['==', ['get', 'code'], code ?? ''], ofLevel ? ['==', ['get', 'level'], ofLevel] : true];
        layers.push(
            { id: 'area-chosen-fill', type: 'fill', ...source, filter: chosen, paint: { 'fill-color': c.accent, 'fill-opacity': 0.06 } },
            { id: 'area-chosen', type: 'line', ...source, filter: chosen, paint: { 'line-color': c.accent, 'line-width': 2 } },
        );
    }
    return layers;
}

