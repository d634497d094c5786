// A PMTiles base map in the Protomaps schema (earth, water, landuse, roads, boundaries), drawn over the page's own land.
import type { FilterSpecification, LayerSpecification } from 'maplibre-gl';
import type { BaseColours } from '../colours';

const SOURCE = 'archive';
const ofKind = (...kinds: string[]): FilterSpecification => ['in', ['get', 'kind'], ['literal', kinds]];

function road(name: string, kinds: string[], widths: [number, number, number], c: BaseColours): LayerSpecification {
    const [from, thin, thick] = widths;
    return {
        id: `archive-${name}`,
        type: 'line',
        source: SOURCE,
        'source-layer': 'roads',
        minzoom: from,
        filter: ofKind(...kinds),
        layout: { 'line-cap': 'round', 'line-join': 'round' },
        paint: { 'line-color': c.border, 'line-opacity': 0.7, 'line-width': ['interpolate', ['exponential', 1.4], ['zoom'], from, thin, 16, thick] },
    };
}

/** What the archive holds of the ground; labels stay the atlas's own. */
export function archive(c: BaseColours): LayerSpecification[] {
    const fill = (layer: string, colour: string, opacity = 1, filter?: FilterSpecification): LayerSpecification => ({
        id: `archive-${layer}`,
        type: 'fill',
        source: SOURCE,
        'source-layer': layer,
        ...(filter ? { filter } : {}),
        paint: { 'fill-color': colour, 'fill-opacity': opacity },
    });
    return [
        fill('earth', c.land),
        fill('landuse', c.coast, 0.16, ofKind('park', 'forest', 'wood', 'nature_reserve', 'national_park', 'industrial', 'university')),
        fill('water', c.sea),
        road('paths', ['minor_road'], [12, 0.3, 3], c),
        road('roads', ['major_road'], [8, 0.3, 5], c),
        road('highways', ['highway'], [6, 0.5, 7], c),
        {
            id: 'archive-boundaries',
            type: 'line',
            source: SOURCE,
            'source-layer': 'boundaries',
            paint: { 'line-color': c.border, 'line-width': 0.8, 'line-dasharray': [3, 2] },
        },
    ];
}
