// From the address and the answers to what the map draws. Pure, so that it can be tested without a map.
import type { FeatureCollection } from 'geojson';
import type { ExpressionSpecification, FilterSpecification } from 'maplibre-gl';
import type { ClusterProfile, ClusterRow } from '../api/types';
import { isChance, type MeasureChoice } from '../rail/measures';
import type { Theme } from '../state/theme.svelte';
import type { Place } from '../state/url';
import { cell } from '../table/columns';
import { BASE, CATEGORY_COUNT, categoryColour, classify, classifyChance, classOf, ringColourOf, TYPE_LOOKS, type Classes } from './colours';
import { arc, groundCircle, ringPoints } from './points';
import type { MapInputs } from './layers/inputs';

export interface Category {
    slug: string;
    name: string;
}

/** The sectors that get a colour of their own: those with most clusters in the list. */
export function categoriesOf(rows: readonly ClusterRow[]): Category[] {
    const counts = new Map<string, { category: Category; n: number }>();
    for (const { sector } of rows) {
        const entry = counts.get(sector.slug) ?? { category: { slug: sector.slug, name: sector.name }, n: 0 };
        entry.n += 1;
        counts.set(sector.slug, entry);
    }
    return [...counts.values()]
        .sort((a, b) => b.n - a.n || (a.category.slug < b.category.slug ? -1 : 1))
        .slice(0, CATEGORY_COUNT)
        .map((entry) => entry.category);
}

/** Whether clusters of the list are of none of the sectors with a colour of their own. */
export function hasOthersThan(categories: readonly Category[], rows: readonly ClusterRow[]): boolean {
    const slugs = new Set(categories.map(({ slug }) => slug));
    return rows.some(({ sector }) => !slugs.has(sector.slug));
}

export function classesOf(rows: readonly ClusterRow[], choice: MeasureChoice, theme: Theme): Classes {
    const values = rows.flatMap((row) => cell(row, choice.measure) ?? []);
    return isChance(choice.measure) ? classifyChance(values, theme) : classify(values, choice.middle ?? null, theme);
}

/** The colour of each cluster, as an expression over a feature's type, sector or id. */
export function colourExpression(
    colour: string,
    theme: Theme,
    rows: readonly ClusterRow[],
    categories: readonly Category[],
    classes: Classes | null,
): ExpressionSpecification | string {
    const grey = BASE[theme].inkQuiet;
    if (colour === 'sector') {
        if (categories.length === 0) return grey;
        const pairs = categories.flatMap(({ slug }, i) => [slug, categoryColour(i, theme)]);
        return ['match', ['get', 'sector'], ...pairs, categoryColour(99, theme)] as unknown as ExpressionSpecification;
    }
    if (colour !== 'type') {
        const ids: number[][] = (classes?.colours ?? []).map(() => []);
        for (const row of rows) {
            if (classes) ids[classOf(cell(row, colour), classes)]?.push(row.cluster_id);
        }
        const pairs = ids.flatMap((group, i) => (group.length > 0 ? [group, classes?.colours[i] ?? grey] : []));
        if (pairs.length === 0) return grey;
        return ['match', ['id'], ...pairs, grey] as unknown as ExpressionSpecification;
    }
    const pairs = Object.entries(TYPE_LOOKS).flatMap(([type, look]) => [type, look[theme]]);
    return ['match', ['get', 'type'], ...pairs, grey] as unknown as ExpressionSpecification;
}

/** The clusters of all sectors for their rings, in the map's colours. */
export function gatheredInputs(
    colour: string,
    theme: Theme,
    rows: readonly ClusterRow[],
    categories: readonly Category[],
    classes: Classes | null,
): NonNullable<MapInputs['gathered']> {
    const rest = BASE[theme].inkQuiet;
    if (colour === 'sector') {
        const place = new Map(categories.map(({ slug }, i) => [slug, i]));
        const colours = [...categories.map((_, i) => categoryColour(i, theme)), categoryColour(CATEGORY_COUNT, theme)];
        return { points: ringPoints(rows, (row) => place.get(row.sector.slug) ?? categories.length), colours };
    }
    if (colour !== 'type') {
        const colours = [...(classes?.colours ?? []), rest];
        const none = colours.length - 1;
        const ofRow = (row: ClusterRow): number => (classes ? classOf(cell(row, colour), classes) : -1);
        return { points: ringPoints(rows, (row) => (ofRow(row) < 0 ? none : ofRow(row))), colours };
    }
    const types = Object.keys(TYPE_LOOKS);
    const colours = types.map((type) => ringColourOf(type, theme));
    return { points: ringPoints(rows, (row) => types.indexOf(row.type)), colours };
}

/** Which of the tiles' clusters are drawn; by sector alone where nothing else narrows the list, so that tiles need no answer. */
export function shownFilter(
    sector: string | null,
    isNarrowed: boolean,
    rows: readonly ClusterRow[] | null,
): FilterSpecification {
    if (isNarrowed && rows) {
        return ['in', ['id'], ['literal', rows.map((row) => row.cluster_id)]] as unknown as FilterSpecification;
    }
    return sector === null ? ['all'] : ['==', ['get', 'sector'], sector];
}

/** How another map may spell a sector: its name with "and" or "&", and its slug; in small letters. */
export function spellings(sector: { slug: string; name: string } | undefined): string[] {
    if (!sector) return [];
    const name = sector.name.toLowerCase();
    return [...new Set([name, name.replaceAll(' and ', ' & '), name.replaceAll(' & ', ' and '), sector.slug])];
}

/** The chosen circle or polygon as a shape; a named area is drawn from its tiles. */
export function placeShape(place: Place | null): FeatureCollection | null {
    if (!place || place.kind === 'area') return null;
    const ring =
        place.kind === 'circle'
            ? groundCircle(place.lon, place.lat, place.km)
            : [...place.ring, ...place.ring.slice(0, 1)];
    return {
        type: 'FeatureCollection',
        features: [{ type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [ring] } }],
    };
}

/** Joint projects as arcs between places; partners without a position are left out. */
export function linkArcs(links: ClusterProfile['links']): FeatureCollection {
    const at = new Map(
        links.nodes.flatMap((node) =>
            node.lon === null || node.lat === null ? [] : [[node.key, [node.lon, node.lat] as [number, number]] as const],
        ),
    );
    return {
        type: 'FeatureCollection',
        features: links.edges.flatMap(({ from, to, projects }) => {
            const [a, b] = [at.get(from), at.get(to)];
            if (!a || !b || (a[0] === b[0] && a[1] === b[1])) return [];
            return [{ type: 'Feature' as const, properties: { projects }, geometry: { type: 'LineString' as const, coordinates: arc(a, b) } }];
        }),
    };
}
