// What can lie over the clusters: published outlines, joint projects, firms, institutions, places and what is drawn by hand.
import type { ExpressionSpecification, FilterSpecification, LayerSpecification } from 'maplibre-gl';
import { TYPE_LOOKS, type BaseColours } from '../colours';
import { LINK_WIDTHS } from '../links';
import { INSTITUTION_MARKS, markName } from '../marks';
import { TEXT } from './fonts';
import type { MapInputs } from './inputs';

export function drawn(c: BaseColours): LayerSpecification[] {
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

/** The other map's sectors bear names of its own: what is spelled alike is the same. */
const ofSector = (names: readonly string[]): FilterSpecification =>
    ['in', ['downcase', ['coalesce', ['get', 'sector'], '']], ['literal', names]] as unknown as FilterSpecification;

export function published(inputs: MapInputs, c: BaseColours): LayerSpecification[] {
    if (!inputs.atlas.has.published_clusters || !inputs.showPublished) return [];
    return [
        {
            id: 'published-line',
            type: 'line',
            source: 'published',
            'source-layer': 'published_clusters',
            ...(inputs.sectorNames.length > 0 ? { filter: ofSector(inputs.sectorNames) } : {}),
            paint: { 'line-color': c.inkQuiet, 'line-width': 1.2, 'line-dasharray': [5, 3] },
        },
    ];
}

/** From here on links between the members can be told apart. */
const WITHIN_FROM = 11;

/** Joint projects: the more there are, the wider the arc. */
export function links(inputs: MapInputs): LayerSpecification[] {
    if (!inputs.links) return [];
    const colour = TYPE_LOOKS.rdi_collaborating[inputs.theme];
    const ofLines = (reach: string): FilterSpecification => ['all', ['==', ['geometry-type'], 'LineString'], ['==', ['get', 'reach'], reach]];
    const width = ['interpolate', ['linear'], ['get', 'projects'], ...LINK_WIDTHS.flat()] as unknown as ExpressionSpecification;
        return [
        {
            id: 'links-within',
            type: 'line',
            source: 'links',
            minzoom: WITHIN_FROM,
            filter: ofLines('within'),
            layout: { 'line-cap': 'round', 'line-sort-key': ['get', 'projects'] },
            paint: { 'line-color': colour, 'line-opacity': ['interpolate', ['linear'], ['get', 'projects'], 1, 0.12, 3, 0.4, 8, 0.7], 'line-width': width },
        },
        {
            id: 'links',
            type: 'line',
            source: 'links',
            filter: ofLines('out'),
            layout: { 'line-cap': 'round', 'line-sort-key': ['get', 'projects'] },
            paint: { 'line-color': colour, 'line-opacity': 0.65, 'line-width': width },
        },
    ];
}

/** The partners at the far ends of the arcs, the busiest by name. */
export function partners(inputs: MapInputs, c: BaseColours): LayerSpecification[] {
    if (!inputs.links) return [];
    const ends: FilterSpecification = ['==', ['geometry-type'], 'Point'];
    return [
        {
            id: 'link-ends',
            type: 'circle',
            source: 'links',
            filter: ends,
            paint: { 'circle-color': TYPE_LOOKS.rdi_collaborating[inputs.theme], 'circle-radius': 3.5, 'circle-stroke-color': c.paper, 'circle-stroke-width': 1.2 },
        },
        {
            id: 'link-names',
            type: 'symbol',
            source: 'links',
            filter: ends,
            layout: {
                'text-field': ['get', 'name'],
                'text-font': TEXT,
                'text-size': 12,
                'text-max-width': 10,
                'text-variable-anchor': ['left', 'right', 'top', 'bottom'],
                'text-radial-offset': 0.6,
                'text-justify': 'auto',
                'symbol-sort-key': ['-', ['get', 'projects']],
            },
            paint: { 'text-color': c.ink, 'text-halo-color': c.paper, 'text-halo-width': 1.4 },
        },
    ];
}

/** With a year, firms alive at its end, or founded in the years up to it; their tiles hold the shown sector's only. */
function firmFilter({ firmYears }: MapInputs): FilterSpecification {
    const since: ExpressionSpecification = ['coalesce', ['get', 'since'], 0];
    const until: ExpressionSpecification = ['coalesce', ['get', 'until'], 9999];
    return [
        'all',
        ...(firmYears ? [['<=', since, firmYears.to]] : []),
        ...(firmYears && firmYears.from === null ? [['>', until, firmYears.to]] : []),
        ...(firmYears && firmYears.from !== null ? [['>=', since, firmYears.from]] : []),
    ] as FilterSpecification;
}

/** Further out firms are too many to be told apart. */
export const FIRMS_FROM = 9;

export function firms(inputs: MapInputs, c: BaseColours): LayerSpecification[] {
    if (!inputs.atlas.has.firms || !inputs.showFirms) return [];
    const isActive: ExpressionSpecification = ['boolean', ['get', 'is_rdi_active'], false];
    return [
        {
            id: 'firms',
            type: 'circle',
            source: 'firms',
            'source-layer': 'firms',
            minzoom: FIRMS_FROM,
            filter: firmFilter(inputs),
            paint: {
                'circle-color': ['case', isActive, c.ink, c.inkQuiet],
                'circle-opacity': ['case', isActive, 0.9, 0.5],
                'circle-radius': ['interpolate', ['linear'], ['zoom'], 9, 1.6, 12, 3, 15, 5],
                'circle-stroke-color': c.paper,
                'circle-stroke-width': ['interpolate', ['linear'], ['zoom'], 9, 0, 12, 1],
            },
        },
    ];
}

export function institutions(inputs: MapInputs, c: BaseColours): LayerSpecification[] {
    if (!inputs.atlas.has.institutions || !inputs.showInstitutions) return [];
    const byKind = Object.keys(INSTITUTION_MARKS).flatMap((kind) => [kind, markName(kind)]);
    return [
        {
            id: 'institutions',
            type: 'symbol',
            source: 'institutions',
            'source-layer': 'institutions',
            layout: {
                'icon-image': ['match', ['get', 'kind'], ...byKind, markName('other')] as unknown as ExpressionSpecification,
                'icon-size': ['interpolate', ['linear'], ['zoom'], 5, 0.55, 9, 0.9],
                'icon-allow-overlap': ['step', ['zoom'], false, 8, true],
                // Universities first: where there is no room, they are the ones that stay.
                'symbol-sort-key': ['match', ['get', 'kind'], 'university', 0, 'research_organisation', 1, 2],
                'text-field': ['step', ['zoom'], '', 10, ['get', 'name']],
                'text-font': TEXT,
                'text-size': 12,
                'text-optional': true,
                'text-anchor': 'top',
                'text-offset': [0, 0.8],
                'text-max-width': 9,
            },
            paint: { 'text-color': c.ink, 'text-halo-color': c.paper, 'text-halo-width': 1.4 },
        },
    ];
}

export function places(inputs: MapInputs, c: BaseColours): LayerSpecification[] {
    if (!inputs.atlas.has.places) return [];
    return [
        {
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
        },
    ];
}

/** A ring around the one thing that is open. */
export function here(inputs: MapInputs, c: BaseColours): LayerSpecification[] {
    if (!inputs.here) return [];
    return [
        {
            id: 'here',
            type: 'circle',
            source: 'here',
            paint: {
                'circle-radius': 9,
                'circle-color': c.accent,
                'circle-opacity': 0.18,
                'circle-stroke-color': c.accent,
                'circle-stroke-width': 3,
            },
        },
    ];
}
