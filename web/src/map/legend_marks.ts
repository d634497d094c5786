// What else than colours a legend explains: marks as strokes on a 16 × 16 grid, which the page and the picture draw alike.
import type { FeatureCollection } from 'geojson';
import type { Atlas } from '../api/types';
import { plural } from '../format/numbers';
import type { Theme } from '../state/theme.svelte';
import { BASE, TYPE_LOOKS } from './colours';
import { linkSteps, linkWidth } from './links';
import { INSTITUTION_MARKS } from './marks';

export interface Stroke {
    path: string;
    colour: string;
    /** How wide the line is; the path is filled where there is none. */
    width?: number;
    dash?: readonly number[];
    opacity?: number;
}

export interface LegendMark {
    label: string;
    strokes: Stroke[];
}

export interface Shown {
    atlas: Pick<Atlas, 'has'>;
    theme: Theme;
    layers: readonly string[];
    /** The colours of rings, where some can be on the map. */
    ringColours: readonly string[] | null;
    /** The joint projects that are drawn as arcs. */
    links: FeatureCollection | null;
}

const DISC = 'M8 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8Z';
const ARC = 'M1 13Q8 -1 15 13';
const MOST_COLOURS = 3;

/** A ring in the first of its colours, clockwise from the top, as on the map. */
function ring(colours: readonly string[]): Stroke[] {
    const few = colours.slice(0, MOST_COLOURS);
    const point = (turn: number): string => `${(8 + 6 * Math.sin(2 * Math.PI * turn)).toFixed(2)} ${(8 - 6 * Math.cos(2 * Math.PI * turn)).toFixed(2)}`;
    return few.map((colour, i) => ({
        path: `M${point(i / few.length + 0.02)}A6 6 0 ${few.length === 1 ? 1 : 0} 1 ${point((i + 1) / few.length - 0.02)}`,
        colour,
        width: 3,
    }));
}

export function legendMarks({ atlas, theme, layers, ringColours, links }: Shown): LegendMark[] {
    const { ink, inkQuiet } = BASE[theme];
    const marks: LegendMark[] = [];
    if (ringColours && ringColours.length > 0) {
        marks.push({ label: 'Clusters close together: how many, by colour', strokes: ring(ringColours) });
    }
    if (atlas.has.firms && layers.includes('firms')) {
        marks.push({ label: 'Firm with evidence of R&D', strokes: [{ path: DISC, colour: ink }] });
        marks.push({ label: 'Other firm of the sector', strokes: [{ path: DISC, colour: inkQuiet, opacity: 0.5 }] });
    }
    if (atlas.has.institutions && layers.includes('institutions')) {
        const known = Object.entries(INSTITUTION_MARKS).filter(([kind]) => kind !== 'other');
        marks.push(...known.map(([, { label, path }]) => ({ label, strokes: [{ path, colour: ink }] })));
    }
    if (atlas.has.published_clusters && layers.includes('published')) {
        marks.push({ label: 'Officially published cluster', strokes: [{ path: 'M1 8h14', colour: inkQuiet, width: 1.4, dash: [4, 2.5] }] });
    }
    const colour = TYPE_LOOKS.rdi_collaborating[theme];
    for (const projects of links ? linkSteps(links) : []) {
        marks.push({ label: plural(projects, 'joint project'), strokes: [{ path: ARC, colour, width: linkWidth(projects), opacity: 0.8 }] });
    }
    return marks;
}
