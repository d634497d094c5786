// Joint projects of the selected cluster: an arc to each partner elsewhere, as wide as the projects are many, and the links
// between its own members, which show when one is near.
import type { Feature, FeatureCollection } from 'geojson';
import type { ClusterProfile } from '../api/types';
import { arc } from './points';
import { along, type Stops } from './stops';

type LonLat = [number, number];
type Linked = Pick<ClusterProfile, 'links' | 'label' | 'bbox'>;

/** How wide an arc of so many projects is, in pixels; between these it grows evenly. */
export const LINK_WIDTHS: Stops = [[1, 1], [3, 2.2], [10, 4.5], [40, 8]];

export const linkWidth = (projects: number): number => along(LINK_WIDTHS, projects);

/** Of the links between members only the strongest are drawn: hundreds say nothing. */
const MOST_WITHIN = 40;

/** Where the partners are; those without a position are left out. */
const positions = ({ nodes }: ClusterProfile['links']): Map<string, LonLat> =>
    new Map(nodes.flatMap(({ key, lon, lat }) => (lon === null || lat === null ? [] : [[key, [lon, lat] as LonLat] as const])));

const line = (from: LonLat, to: LonLat, properties: Record<string, unknown>): Feature => ({
    type: 'Feature',
    properties,
    geometry: { type: 'LineString', coordinates: arc(from, to) },
});

/** The arcs of a cluster with `projects` each and `reach` "out" or "within", and a point with its name at the far end of each. */
export function linkArcs({ links, label, bbox }: Linked): FeatureCollection {
    const at = positions(links);
    const [west = 0, south = 0, east = 0, north = 0] = bbox;
    const isWithin = ([lon, lat]: LonLat): boolean => lon >= west && lon <= east && lat >= south && lat <= north;
    const home: LonLat = [label[0] ?? 0, label[1] ?? 0];
    const out = new Map<string, number>();
    const within: Feature[] = [];
    const features: Feature[] = [];
    for (const { from, to, projects } of links.edges) {
        const [a, b] = [at.get(from), at.get(to)];
        if (!a || !b) continue;
        const [isHereA, isHereB] = [isWithin(a), isWithin(b)];
        if (isHereA !== isHereB) {
            const partner = isHereA ? to : from;
            out.set(partner, (out.get(partner) ?? 0) + projects);
        } else if (isHereA && (a[0] !== b[0] || a[1] !== b[1])) within.push(line(a, b, { projects, reach: 'within' }));
    }
    const projectsOf = ({ properties }: Feature): number => Number(properties?.['projects']);
    features.push(...within.sort((a, b) => projectsOf(b) - projectsOf(a)).slice(0, MOST_WITHIN));
    const names = new Map(links.nodes.map((node) => [node.key, node.label]));
    for (const [key, projects] of out) {
        const there = at.get(key);
        if (!there) continue;
        features.push(line(home, there, { projects, reach: 'out' }));
        features.push({ type: 'Feature', properties: { projects, reach: 'out', name: names.get(key) ?? '' }, geometry: { type: 'Point', coordinates: there } });
    }
    return { type: 'FeatureCollection', features };
}

/** The numbers of projects that a legend shows a width for: the fewest, the most and one between; none without arcs. */
export function linkSteps({ features }: FeatureCollection): number[] {
    const lines = features.filter(({ geometry }) => geometry.type === 'LineString').map(({ properties }) => Number(properties?.['projects']));
    if (lines.length === 0) return [];
    const [least, most] = [lines.reduce((a, b) => Math.min(a, b)), lines.reduce((a, b) => Math.max(a, b))];
    return [...new Set([least, Math.round(Math.sqrt(least * most)), most])];
}
