// What lies under the clusters: sea, land, coast, borders and the boundaries of areas.
import type { FilterSpecification, LayerSpecification } from 'maplibre-gl';
import type { BaseColours } from '../colours';
import type { MapInputs } from './inputs';

const LAND_FROM = 6;

const kind = (name: string): FilterSpecification => ['==', ['get', 'kind'], name];

export function base(inputs: MapInputs, c: BaseColours): LayerSpecification[] {
    const part = (source: string, name: 'sea' | 'land'): LayerSpecification => ({
        id: `${source}-${name}`,
        type: 'fill',
        source,
        filter: kind(name),
        paint: { 'fill-color': c[name], 'fill-antialias': false },
    });
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
        part('world', 'land'),
        part('europe', 'sea'),
        part('europe', 'land'),
        coast('europe'),
        border('europe'),
        part('isles', 'sea'),
        part('isles', 'land'),
        // The atlas's own land, where there is any, covers this coast with its own.
        coast('isles'),
    ];
    if (inputs.atlas.has.land) {
        // Further out the coarse coast is as good, and there already.
        const source = { source: 'land', 'source-layer': 'land', minzoom: LAND_FROM } as const;
        layers.push(
            { id: 'land', type: 'fill', ...source, paint: { 'fill-color': c.land, 'fill-antialias': false } },
            { id: 'land-coast', type: 'line', ...source, paint: { 'line-color': c.coast, 'line-width': 0.7 } },
        );
    }
    layers.push(border('isles'));
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

