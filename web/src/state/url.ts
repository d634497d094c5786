// The address is the state: whatever a person has set up is in the URL, so Back, a shared link and an embed are one thing.
// Reading ignores what it does not understand; writing leaves out what is at its default, in a fixed order.

export const PAGES = ['map', 'methods', 'data', 'compare', 'cluster'] as const;
export type Page = (typeof PAGES)[number];

export interface Camera {
    lon: number;
    lat: number;
    zoom: number;
}

/** Inclusive; an end that is null is open. */
export interface Range {
    low: number | null;
    high: number | null;
}

/** Where "my area" is: a named area, a circle, or a drawn polygon (ring of lon, lat, not closed). */
export type Place =
    | { kind: 'area'; code: string }
    | { kind: 'circle'; lon: number; lat: number; km: number }
    | { kind: 'polygon'; ring: [number, number][] };

/** What the right panel shows, by the key of its own route; a postcode or "lon,lat" for near. */
export interface Open {
    kind: OpenKind;
    key: string;
}
export const OPEN_KINDS = ['cluster', 'firm', 'institution', 'near'] as const;
export type OpenKind = (typeof OPEN_KINDS)[number];

export const METHODS = ['dbscan', 'hdbscan', 'relative'] as const;
export type Method = (typeof METHODS)[number];

/** Live re-clustering: the reader's own parameters, in metres and points. */
export interface Tuning {
    method: Method;
    eps_m: number;
    min_points: number;
}

export type SheetHeight = 'bar' | 'half' | 'full';

export interface ViewState {
    page: Page;
    open: Open | null;
    /** Sector by slug; "all" for every sector; null before a choice is made. */
    sector: string | null;
    /** Colour by "type", "sector" or a measure's name. */
    colour: string;
    types: string[];
    ranges: Record<string, Range>;
    place: Place | null;
    /** Clusters by slug, areas as "area:CODE". */
    compare: string[];
    /** Column, with a leading minus for descending. */
    sort: string;
    sheet: SheetHeight;
    year: number | null;
    /** Years over which change is counted; 0 for all that are alive at the end of the year. */
    window: number;
    tuning: Tuning | null;
    layers: string[];
    /** Whether the selected cluster's joint projects are drawn as arcs. */
    links: boolean;
    camera: Camera | null;
    embed: boolean;
}

/** The state but for where the map looks: what is asked of the server and drawn. */
export type Question = Omit<ViewState, 'camera'>;

export const DEFAULTS: ViewState = {
    page: 'map',
    open: null,
    sector: null,
    colour: 'type',
    types: [],
    ranges: {},
    place: null,
    compare: [],
    sort: '-enterprise_count',
    sheet: 'bar',
    year: null,
    window: 0,
    tuning: null,
    layers: [],
    links: true,
    camera: null,
    embed: false,
};

export const COMPARE_LIMIT = 10;

const list = (text: string | null): string[] => (text ? text.split(',').filter(Boolean) : []);

function number(text: string | undefined): number | null {
    if (text === undefined || text.trim() === '') return null;
    const value = Number(text);
    return Number.isFinite(value) ? value : null;
}

function readRange(text: string): Range | null {
    const [low, high, ...rest] = text.split('..');
    if (high === undefined || rest.length > 0) return null;
    const range = { low: number(low), high: number(high) };
    return range.low === null && range.high === null ? null : range;
}

function readRanges(text: string | null): Record<string, Range> {
    const ranges: Record<string, Range> = {};
    for (const part of list(text)) {
        const colon = part.indexOf(':');
        const range = colon > 0 ? readRange(part.slice(colon + 1)) : null;
        if (range) ranges[part.slice(0, colon)] = range;
    }
    return ranges;
}

function isLonLat(lon: number | null, lat: number | null): boolean {
    return lon !== null && lat !== null && Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
}

function readPlace(query: URLSearchParams): Place | null {
    const area = query.get('area');
    if (area) return { kind: 'area', code: area };
    const circle = (query.get('circle') ?? '').split(',').map((part) => number(part));
    const [lon, lat, km] = [circle[0] ?? null, circle[1] ?? null, circle[2] ?? null];
    if (lon !== null && lat !== null && km !== null && km > 0 && isLonLat(lon, lat)) {
        return { kind: 'circle', lon, lat, km };
    }
    const ring: [number, number][] = [];
    for (const corner of (query.get('polygon') ?? '').split(';')) {
        const [x, y] = corner.split(',').map((part) => number(part));
        if (x == null || y == null || !isLonLat(x, y)) continue;
        ring.push([x, y]);
    }
    return ring.length >= 3 ? { kind: 'polygon', ring } : null;
}

function readCamera(text: string | null): Camera | null {
    const [zoom, lat, lon] = (text ?? '').split('/').map((part) => number(part));
    if (zoom == null || lat == null || lon == null || !isLonLat(lon, lat)) return null;
    return { zoom: Math.min(Math.max(zoom, 0), 20), lat, lon };
}

function readTuning(text: string | null): Tuning | null {
    const [first, second, name] = (text ?? '').split(',');
    const [eps, points] = [number(first), number(second)];
    if (eps === null || points === null || eps <= 0 || points < 1) return null;
    return { method: METHODS.find((method) => method === name) ?? 'dbscan', eps_m: eps, min_points: Math.round(points) };
}

function readPath(path: string): { page: Page; open: Open | null } {
    const parts = path.split('/').filter(Boolean);
    if (parts[0] === 'clusters' && parts[1]) {
        return { page: 'cluster', open: { kind: 'cluster', key: unescape(parts[1]) } };
    }
    const page = PAGES.find((name) => name === parts[0] && name !== 'cluster');
    return { page: page ?? 'map', open: null };
}

/** Text that is not valid escaping stays as it is. */
function unescape(text: string): string {
    try {
        return decodeURIComponent(text);
    } catch {
        return text;
    }
}

function readOpen(query: URLSearchParams): Open | null {
    for (const kind of OPEN_KINDS) {
        const key = query.get(kind);
        if (key) return { kind, key };
    }
    return null;
}

export function readUrl(url: URL): ViewState {
    const query = url.searchParams;
    const path = readPath(url.pathname);
    const year = number(query.get('year') ?? undefined);
    const sheet = query.get('table');
    return {
        page: path.page,
        open: path.open ?? readOpen(query),
        sector: query.get('sector'),
        colour: query.get('colour') ?? DEFAULTS.colour,
        types: list(query.get('type')),
        ranges: readRanges(query.get('where')),
        place: readPlace(query),
        compare: [...new Set(list(query.get('compare')))].slice(0, COMPARE_LIMIT),
        sort: query.get('sort') ?? DEFAULTS.sort,
        sheet: sheet === 'half' || sheet === 'full' ? sheet : 'bar',
        year: year !== null && Number.isInteger(year) ? year : null,
        window: Math.min(Math.max(Math.round(number(query.get('window') ?? undefined) ?? 0), 0), 50),
        tuning: readTuning(query.get('tune')),
        layers: list(query.get('layers')),
        links: query.get('links') !== 'off',
        camera: readCamera(query.get('at')),
        embed: query.get('embed') === '1',
    };
}

const rounded = (value: number, decimals: number): number => Number(value.toFixed(decimals));
const trim = (value: number, decimals: number): string => String(rounded(value, decimals));

/** A place to the ten metres that the address holds, so that whoever is sent the link is told the same figures. */
export function asWritten(place: Place | null): Place | null {
    switch (place?.kind) {
        case 'circle':
            return { kind: 'circle', lon: rounded(place.lon, 4), lat: rounded(place.lat, 4), km: rounded(place.km, 1) };
        case 'polygon':
            return { kind: 'polygon', ring: place.ring.map(([lon, lat]) => [rounded(lon, 4), rounded(lat, 4)]) };
        default:
            return place;
    }
}

function writePlace(place: Place | null): [string, string] | null {
    const written = asWritten(place);
    switch (written?.kind) {
        case 'area':
            return ['area', written.code];
        case 'circle':
            return ['circle', `${written.lon},${written.lat},${written.km}`];
        case 'polygon':
            return ['polygon', written.ring.map((corner) => corner.join(',')).join(';')];
        default:
            return null;
    }
}

function writeRanges(ranges: Record<string, Range>): string {
    return Object.entries(ranges)
        .filter(([, range]) => range.low !== null || range.high !== null)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([measure, { low, high }]) => `${measure}:${low ?? ''}..${high ?? ''}`)
        .join(',');
}

const writeTuning = ({ method, eps_m, min_points }: Tuning): string =>
    [eps_m, min_points, ...(method === 'dbscan' ? [] : [method])].join(',');

/** Path and query, without the host. `readUrl` of it gives the same state again. */
export function writeUrl(state: ViewState): string {
    const onPage = state.page === 'cluster' && state.open?.kind === 'cluster' ? state.open.key : null;
    const pairs: ([string, string] | null)[] = [
        ['sector', state.sector ?? ''],
        state.open && !onPage ? [state.open.kind, state.open.key] : null,
        ['colour', state.colour === DEFAULTS.colour ? '' : state.colour],
        ['type', state.types.join(',')],
        ['where', writeRanges(state.ranges)],
        writePlace(state.place),
        ['compare', state.compare.join(',')],
        ['sort', state.sort === DEFAULTS.sort ? '' : state.sort],
        ['table', state.sheet === 'bar' ? '' : state.sheet],
        ['year', state.year === null ? '' : String(state.year)],
        ['window', state.year === null || state.window === 0 ? '' : String(state.window)],
        ['tune', state.tuning ? writeTuning(state.tuning) : ''],
        ['layers', state.layers.join(',')],
        ['links', state.links ? '' : 'off'],
        ['at', state.camera ? writeCamera(state.camera) : ''],
        ['embed', state.embed ? '1' : ''],
    ];
    // Written by hand: URLSearchParams would turn the commas, colons and slashes a person can read into %2C and such.
    const query = pairs
        .filter((pair): pair is [string, string] => pair !== null && pair[1] !== '')
        .map(([key, value]) => `${key}=${encodeURIComponent(value).replace(/%(2C|3A|2F|3B)/g, decodeURIComponent)}`)
        .join('&');
    const path = onPage
        ? `/clusters/${encodeURIComponent(onPage)}`
        : state.page === 'map' || state.page === 'cluster'
          ? '/'
          : `/${state.page}`;
    return query ? `${path}?${query}` : path;
}

export const writeCamera = ({ zoom, lat, lon }: Camera): string =>
    `${trim(zoom, 2)}/${trim(lat, 4)}/${trim(lon, 4)}`;
