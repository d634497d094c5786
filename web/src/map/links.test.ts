import { expect, test } from 'vitest';
import type { ClusterProfile } from '../api/types';
import { linkArcs, linkSteps, linkWidth } from './links';

const node = (key: string, lon: number | null, lat: number | null) => ({ key, kind: 'firm', label: key.toUpperCase(), lon, lat });
const edge = (from: string, to: string, projects: number) => ({ from, to, projects, award_gbp: 0 });
const profile = (edges: ReturnType<typeof edge>[]) =>
    ({
        label: [0.5, 50.5],
        bbox: [0, 50, 1, 51],
        links: { nodes: [node('a', 0.2, 50.2), node('b', 0.8, 50.8), node('far', 3, 52), node('off', 4, 52), node('lost', null, null)], edges },
    }) as unknown as ClusterProfile;

test('projects with one partner elsewhere are one arc, from the middle of the cluster', () => {
    const { features } = linkArcs(profile([edge('a', 'far', 2), edge('far', 'b', 3)]));
    const [arc, end] = features;
    expect(features.length).toBe(2);
    expect(arc?.properties).toEqual({ projects: 5, reach: 'out' });
    expect(arc?.geometry.type === 'LineString' && [arc.geometry.coordinates[0], arc.geometry.coordinates.at(-1)]).toEqual([[0.5, 50.5], [3, 52]]);
    expect(end?.properties).toEqual({ projects: 5, reach: 'out', name: 'FAR' });
});
test('links of members are told apart; those of others with each other, or without a position, are none of the cluster', () => {
    const { features } = linkArcs(profile([edge('a', 'b', 1), edge('far', 'off', 4), edge('a', 'lost', 2)]));
    expect(features.map(({ properties }) => properties)).toEqual([{ projects: 1, reach: 'within' }]);
});
test('a legend has the fewest, the most and one between', () => {
    expect(linkSteps(linkArcs(profile([edge('a', 'b', 1), edge('a', 'far', 9)])))).toEqual([1, 3, 9]);
    expect(linkSteps(linkArcs(profile([edge('a', 'far', 2)])))).toEqual([2]);
    expect(linkSteps(linkArcs(profile([])))).toEqual([]);
});
test('more projects are a wider arc, up to the widest', () => {
    const widths = [1, 2, 3, 5, 10, 20, 40, 400].map(linkWidth);
    expect(widths.every((width, i) => i === 0 || width >= (widths[i - 1] ?? 0))).toBe(true);
    expect([widths[0], widths.at(-1)]).toEqual([1, 8]);
});
