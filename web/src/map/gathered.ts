// The marks of clusters too small for an outline: a circle for one by itself, a ring for those that would lie on each other,
// for each zoom, with their names.
import type { Feature, FeatureCollection, Point } from 'geojson';
import type { ClusterRow } from '../api/types';
import type { Theme } from '../state/theme.svelte';
import type { RingColours } from './colours';
import { gather, GATHER_FROM, type Mark } from './gather';
import { circleRadius, outlineZoom } from './points';
import { ringImageName, ringRadius } from './rings';

/** With all sectors at once, outlines lie on each other: each cluster is drawn by itself only from here on. */
export const ALL_APART_FROM = 11;
/** Marks keep others this far off, so that their names have room: all of them until then; of one sector the strongest, where the map shows a country. */
const NAME_ROOM_PX = 44;
const COUNTRY_BELOW = 7;
/** So many at the most, and one of so many clusters: few clusters have room as they are. */
const [STRONGEST, ONE_OF] = [16, 18] as const;
/** On a narrow screen the names of the largest few need more: what is close to these is told with them. */
const [LARGEST_FEW, FEW_OF_ALL_PX, FEW_OF_ONE_PX] = [8, 64, 52] as const;
const SMALL_PX = 5.5;
/** A ring that cannot have the name of any of so many has none. */
const MOST_NAMES = 40;

export interface Gathered {
    /** A point a mark a zoom: `zoom`, `radius`, `name`, `lon`; of a circle its `colour`, of a ring its `ring`, `count` and `image`. */
    points: FeatureCollection<Point>;
    /** The clusters of each ring, by its number. */
    rings: ReadonlyMap<number, readonly number[]>;
    /** All sectors together: circles do not tell sizes. */
    isOfAll: boolean;
}

function roomAt(zoom: number, rank: number, isOfAll: boolean, isNarrow: boolean, clusters: number): number {
    if (isNarrow && zoom < COUNTRY_BELOW && rank < LARGEST_FEW) return isOfAll ? FEW_OF_ALL_PX : FEW_OF_ONE_PX;
    if (isOfAll) return zoom < ALL_APART_FROM ? NAME_ROOM_PX : 0;
    return zoom < COUNTRY_BELOW && rank < Math.min(STRONGEST, clusters / ONE_OF) ? NAME_ROOM_PX : 0;
}

/** The places a cluster's name is made of, the most precise first: "Doncaster (Branton)" lies in Branton, "Sunderland (south-west)" in Sunderland. */
export function placesOf(name: string): string[] {
    const part = /\(((?!north|south|east|west|centre|[0-9])[^)]+)\)/.exec(name)?.[1];
    return part ? [part] : (name.split(' (')[0] ?? name).split(/, | and /);
}

/** Names the marks of a zoom, the strongest first: each by the strongest of its clusters whose place no other mark bears yet. */
export function namesOf(marks: readonly Mark[], placesAt: (i: number) => string[], wholeName: (i: number) => string | null): string[] {
    const taken = new Set<string>();
    return marks.map((mark) => {
        const [lead = 0] = mark;
        const own = mark.length === 1 ? wholeName(lead) : null;
        const whole = own !== null && !taken.has(own) ? own : null;
        // A whole name stands for its place as well.
        const places = whole === null ? mark.slice(0, MOST_NAMES).flatMap(placesAt) : placesAt(lead).slice(0, 1);
        const name = whole ?? places.find((place) => !taken.has(place)) ?? '';
        taken.add(name);
        if (whole !== null) taken.add(places[0] ?? '');
        return name;
    });
}

/** \param rows in any order; \param isOfAll whether all sectors are shown together; \param isNarrow whether the screen is */
export function gathered(rows: readonly ClusterRow[], theme: Theme, { colours, indexOf }: RingColours, isOfAll: boolean, latDeg: number, isNarrow = false): Gathered {
    const strongest = [...rows].sort((a, b) => b.enterprise_count - a.enterprise_count || a.cluster_id - b.cluster_id);
    const own = strongest.map((row) => indexOf(row));
    const places = strongest.map((row) => placesOf(row.name));
    const levels = gather(
        strongest.map((row) => ({
            lon: row.label[0] ?? 0,
            lat: row.label[1] ?? 0,
            radiusPx: isOfAll ? SMALL_PX : circleRadius(row.enterprise_count),
            below: Math.max(isOfAll ? ALL_APART_FROM : 0, outlineZoom(row.extent_km, latDeg)),
        })),
        { gapPx: (zoom, rank) => roomAt(zoom, rank, isOfAll, isNarrow, rows.length), ringRadiusPx: ringRadius },
    );
    const rings = new Map<number, readonly number[]>();
    const features = levels.flatMap((marks, level) => {
        const names = namesOf(marks, (i) => places[i] ?? [], (i) => (isOfAll ? null : (strongest[i]?.name ?? null)));
        return marks.map((mark, i): Feature<Point> => {
            const row = strongest[mark[0] ?? 0];
            const [lon = 0, lat = 0] = row?.label ?? [];
            const shared = { zoom: level + GATHER_FROM, name: names[i] ?? '', lon, order: mark[0] ?? 0 };
            const geometry = { type: 'Point' as const, coordinates: [lon, lat] };
            if (mark.length === 1 && row) {
                const radius = isOfAll ? SMALL_PX : circleRadius(row.enterprise_count);
                return { type: 'Feature', id: row.cluster_id, geometry, properties: { ...shared, radius, count: 1, colour: colours[own[mark[0] ?? 0] ?? 0] ?? colours[0] } };
            }
            const ring = rings.size;
            const radius = ringRadius(mark.length);
            rings.set(ring, mark.flatMap((member) => strongest[member]?.cluster_id ?? []));
            const parts = colours.map(() => 0);
            for (const member of mark) parts[own[member] ?? 0]! += 1;
            return { type: 'Feature', geometry, properties: { ...shared, radius, ring, count: mark.length, image: ringImageName(theme, colours, parts, radius) } };
        });
    });
    return { points: { type: 'FeatureCollection', features }, rings, isOfAll };
}

/** Where clusters that were clicked lie: those of a ring, which has a name or none, are only gathered there. */
export const whereOf = ({ ring }: { ring?: string }): string => (ring === undefined ? 'here' : ring ? `around ${ring}` : 'close together');

/** Whether there are rings at a zoom; at any, where the zoom is not known yet. */
export const hasRings = (marks: Gathered | null, zoom: number | null): boolean =>
    marks !== null && marks.points.features.some(({ properties }) => properties?.['ring'] !== undefined && (zoom === null || properties['zoom'] === Math.floor(zoom)));
