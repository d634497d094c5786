import type { Atlas } from '../api/types';
import type { Place, Question } from './url';

/** The sector shown: the one chosen, else the one the atlas opens with; null for all. */
export function shownSector(state: Question, atlas: Atlas): string | null {
    const sector = state.sector ?? atlas.default_sector;
    return sector === 'all' ? null : sector;
}

/**
 * The sector to go to when a cluster's profile has come: its own, where the list shows another. An address that names both a
 * cluster and a sector keeps them as they are (`isFromAddress`): somebody looked at one beside the other.
 */
export function followedSector(state: Question, atlas: Atlas, ofCluster: string, isFromAddress: boolean): string | null {
    const shown = shownSector(state, atlas);
    if (shown === null || shown === ofCluster || (isFromAddress && state.sector !== null)) return null;
    return ofCluster;
}

export interface QueryOptions {
    /** A measure whose own range is left out: a histogram shows what its brush could take in. */
    without?: string;
}

/** The filter as the parameters that /api/clusters, its export, the histograms and the timeline share. */
export function filterQuery(state: Question, atlas: Atlas, options: QueryOptions = {}): URLSearchParams {
    const query = new URLSearchParams();
    const sector = shownSector(state, atlas);
    if (sector) query.set('sector', sector);
    if (state.types.length > 0) query.set('type', state.types.join(','));
    if (state.place?.kind === 'area') query.set('area', state.place.code);
    for (const [measure, { low, high }] of Object.entries(state.ranges)) {
        if (measure === options.without) continue;
        if (low !== null) query.set(`min[${measure}]`, String(low));
        if (high !== null) query.set(`max[${measure}]`, String(high));
    }
    return query;
}

/** What is asked of a place that somebody chose or drew. */
export function placeQuestion(place: Place | null): string | { url: string; body: unknown } | null {
    if (!place) return null;
    if (place.kind === 'area') return `/api/areas/${encodeURIComponent(place.code)}`;
    const drawn =
        place.kind === 'circle'
            ? { circle: { lon: place.lon, lat: place.lat, radius_m: place.km * 1000 } }
            : { polygon: { type: 'Polygon', coordinates: [[...place.ring, place.ring[0]]] } };
    return { url: '/api/selection', body: drawn };
}

export function clustersUrl(state: Question, atlas: Atlas): string {
    const query = filterQuery(state, atlas);
    query.set('sort', state.sort);
    query.set('limit', '20000');
    return `/api/clusters?${query}`;
}

/** Whether anything but the sector narrows the list. */
export const isFiltered = (state: Question): boolean =>
    state.types.length > 0 || Object.keys(state.ranges).length > 0 || state.place !== null;
