// From the address and the answers to what the map draws. Pure, so that it can be tested without a map.
import type { FeatureCollection } from 'geojson';
import type { ExpressionSpecification, FilterSpecification } from 'maplibre-gl';
import type { ClusterRow, ClusterType } from '../api/types';
import { isChance, type MeasureChoice } from '../rail/measures';
import type { Theme } from '../state/theme.svelte';
import type { Place } from '../state/url';
import { cell } from '../table/columns';
import { BASE, CATEGORY_COUNT, categoryColour, classify, classifyChance, classOf, ringColourOf, TYPE_LOOKS, type Classes, type RingColours } from './colours';
import { groundCircle } from './points';

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

/** The colours that marks and rings are drawn in, in the order of the legend, and which of them each cluster has. */
export function ringColours(
    colour: string,
    theme: Theme,
    categories: readonly Category[],
    classes: Classes | null,
): RingColours {
    if (colour === 'sector') {
        const place = new Map(categories.map(({ slug }, i) => [slug, i]));
        const colours = [...categories.map((_, i) => categoryColour(i, theme)), categoryColour(CATEGORY_COUNT, theme)];
        return { colours, indexOf: (row) => place.get(row.sector.slug) ?? categories.length };
    }
    if (colour !== 'type') {
        const colours = [...(classes?.colours ?? []), BASE[theme].inkQuiet];
        const none = colours.length - 1;
        return {
            colours,
            indexOf: (row) => {
                const of = classes ? classOf(cell(row, colour), classes) : -1;
                return of < 0 ? none : of;
            },
        };
    }
    const types = Object.keys(TYPE_LOOKS) as ClusterType[];
    return { colours: types.map((type) => ringColourOf(type, theme)), indexOf: (row) => types.indexOf(row.type) };
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
