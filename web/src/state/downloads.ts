// Addresses of files to take away: always exactly what the page shows, at full precision.
import type { Atlas } from '../api/types';
import { filterQuery } from './query';
import type { Place, Question } from './url';

export const FORMATS = [
    { format: 'csv', name: 'CSV' },
    { format: 'xlsx', name: 'Excel' },
    { format: 'gpkg', name: 'GeoPackage' },
    { format: 'geojson', name: 'GeoJSON' },
] as const;
export type Format = (typeof FORMATS)[number]['format'];

/** Seven decimals of a degree are a centimetre. */
const degrees = (value: number): string => String(Number(value.toFixed(7)));

/** "My area" as a parameter that exports take. */
export function placeParameter(place: Place): [string, string] {
    switch (place.kind) {
        case 'area':
            return ['area', place.code];
        case 'circle':
            return ['circle', [degrees(place.lon), degrees(place.lat), String(place.km * 1000)].join(',')];
        case 'polygon':
            return ['polygon', place.ring.flat().map(degrees).join(',')];
    }
}

/** The clusters of the list, in its order. */
export function clustersFile(state: Question, atlas: Atlas, format: Format): string {
    const query = filterQuery(state, atlas);
    if (state.place) query.set(...placeParameter(state.place));
    query.set('sort', state.sort);
    return `/api/export/clusters.${format}?${query}`;
}

/** The clusters of the list with one figure only: a measure, or what every row has anyway. */
export function columnFile(state: Question, atlas: Atlas, measure: string): string {
    const columns = atlas.measures.includes(measure) ? measure : '';
    return `${clustersFile(state, atlas, 'csv')}&${new URLSearchParams({ columns })}`;
}

/** The firms inside "my area". */
export const firmsFile = (place: Place, format: Format): string =>
    `/api/export/firms.${format}?${new URLSearchParams([placeParameter(place)])}`;

export const membersFile = (slug: string, format: Format): string =>
    `/api/export/members.${format}?${new URLSearchParams({ cluster: slug })}`;

/** One figure of a cluster, with its trend and the same of the other clusters of its sector. */
export const figureFile = (slug: string, measure: string): string =>
    `/api/export/clusters/${encodeURIComponent(slug)}/${encodeURIComponent(measure)}.csv`;
