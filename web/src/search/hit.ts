import type { SearchHit } from '../api/types';
import type { ViewState } from '../state/url';

/** Where a hit of the search box leads; null for a place that lies nowhere. */
export function stateOfHit(hit: SearchHit): Partial<ViewState> | null {
    switch (hit.kind) {
        case 'cluster':
        case 'firm':
        case 'institution':
            return { open: { kind: hit.kind, key: hit.key }, page: 'map' };
        case 'postcode':
            return { open: { kind: 'near', key: hit.key }, page: 'map' };
        case 'area':
            return { place: { kind: 'area', code: hit.key }, open: null, page: 'map' };
        case 'sector':
            return { sector: hit.key, open: null, page: 'map', tuning: null };
        case 'place':
            return hit.lon === null || hit.lat === null ? null : { open: { kind: 'near', key: `${hit.lon},${hit.lat}` }, page: 'map' };
    }
}
