// Clusters that lie close together share a ring: its arcs say how many of them are of which colour.
import type { Theme } from '../state/theme.svelte';
import { BASE } from './colours';

/** Colours that a ring can tell apart: types, or classes of a figure and those without one, or sectors and the others. */
export const RING_COLOURS = 6;
/** Shares are told in so many steps, so that rings that look alike are one image. */
const STEPS = 16;
const [SMALLEST_PX, LARGEST_PX, PER_DOUBLING_PX] = [8.5, 22, 1.35] as const;
const IMAGE = 'ring ';
const SHARP = 2;
const ARC_PX = 4;
/** Room between neighbouring arcs, so that colour is not all that tells them apart. */
const GAP_RAD = 0.09;

/** How large the mark of so many clusters is. */
export const ringRadius = (count: number): number => Math.min(LARGEST_PX, SMALLEST_PX + PER_DOUBLING_PX * Math.log2(count));

/** The name of a ring's image: of its size, and how many of its clusters are of which colour. */
export function ringImageName(theme: Theme, colours: readonly string[], parts: readonly number[], radiusPx: number): string {
    const count = parts.reduce((a, b) => a + b, 0);
    const steps = parts.map((part) => Math.ceil((STEPS * part) / count));
    return `${IMAGE}${theme} ${colours.join(',')} ${Math.round(radiusPx)} ${steps.join(',')}`;
}

export interface Ring {
    theme: Theme;
    radius_px: number;
    arcs: { colour: string; share: number }[];
}

/** What an image's name asks for; null where it is no ring. */
export function readRing(name: string): Ring | null {
    if (!name.startsWith(IMAGE)) return null;
    const [theme, colours, radius, parts] = name.slice(IMAGE.length).split(' ');
    if ((theme !== 'light' && theme !== 'dark') || !colours || !parts || !(Number(radius) > 0)) return null;
    const all = colours.split(',');
    const shares = parts.split(',').map(Number);
    const sum = shares.reduce((a, b) => a + b, 0);
    const arcs = shares.flatMap((share, i) => (share > 0 ? [{ colour: all[i] ?? BASE[theme].inkQuiet, share: share / sum }] : []));
    return arcs.length > 0 ? { theme, radius_px: Number(radius), arcs } : null;
}

/** From where to where each arc goes, clockwise from the top, in radians; a lone arc closes. */
export function arcAngles(shares: readonly number[]): [number, number][] {
    if (shares.length === 1) return [[0, 2 * Math.PI]];
    const room = 2 * Math.PI - shares.length * GAP_RAD;
    let at = -Math.PI / 2;
    return shares.map((share) => {
        const from = at;
        const to = from + share * room;
        at = to + GAP_RAD;
        return [from, to];
    });
}

/** Twice the size, for sharp screens; null for names that are no ring. */
export function ringImage(name: string): ImageData | null {
    const ring = readRing(name);
    if (!ring) return null;
    const radius = ring.radius_px * SHARP;
    const middle = radius + SHARP;
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 2 * middle;
    // Its pixels are read at once: a canvas that the graphics process draws would hold the page up until it answers.
    const pen = canvas.getContext('2d', { willReadFrequently: true });
    if (!pen) return null;
    pen.fillStyle = BASE[ring.theme].paper;
    pen.beginPath();
    pen.arc(middle, middle, middle, 0, 2 * Math.PI);
    pen.fill();
    pen.lineWidth = ARC_PX * SHARP;
    const angles = arcAngles(ring.arcs.map(({ share }) => share));
    ring.arcs.forEach(({ colour }, i) => {
        const [from, to] = angles[i] ?? [0, 0];
        pen.strokeStyle = colour;
        pen.beginPath();
        pen.arc(middle, middle, radius - pen.lineWidth / 2, from, to);
        pen.stroke();
    });
    return pen.getImageData(0, 0, 2 * middle, 2 * middle);
}
