// The marks of institutions, drawn alike on the map and in the legend: a shape for each kind, so that colour is not needed.
import type { Theme } from '../state/theme.svelte';
import { BASE } from './colours';

export interface Mark {
    label: string;
    /** On a 16 × 16 grid, as an SVG path. */
    path: string;
}

export const INSTITUTION_MARKS: Record<string, Mark> = {
    university: { label: 'University', path: 'M8 2l6 6-6 6-6-6Z' },
    research_organisation: { label: 'Research organisation', path: 'M8 2.5l6 11H2Z' },
    hospital: { label: 'Hospital', path: 'M6 2.5h4V6h3.5v4H10v3.5H6V10H2.5V6H6Z' },
    science_park: { label: 'Science park', path: 'M3 3h10v10H3Z' },
    other: { label: 'Other institution', path: 'M8 3a5 5 0 1 0 0 10 5 5 0 0 0 0-10Z' },
};

const IMAGE = 'institution-';
/** The image of a kind of institution; kinds without a mark of their own share one. */
export const markName = (kind: string): string => IMAGE + (kind in INSTITUTION_MARKS ? kind : 'other');

export const isMark = (name: string): boolean => name.startsWith(IMAGE);

/** Twice the size, for sharp screens; null for names that are no mark. */
export function markImage(name: string, theme: Theme): ImageData | null {
    const mark = isMark(name) ? INSTITUTION_MARKS[name.slice(IMAGE.length)] : undefined;
    const size = 40;
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = size;
    const pen = mark ? canvas.getContext('2d', { willReadFrequently: true }) : null;
    if (!mark || !pen) return null;
    pen.translate(4, 4);
    pen.scale(2, 2);
    const path = new Path2D(mark.path);
    pen.strokeStyle = BASE[theme].paper;
    pen.lineWidth = 2;
    pen.lineJoin = 'round';
    pen.stroke(path);
    pen.fillStyle = BASE[theme].ink;
    pen.fill(path);
    return pen.getImageData(0, 0, size, size);
}
