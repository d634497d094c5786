import type { Atlas } from '../api/types';
import { formatValue } from '../format/numbers';
import type { MeasureChoice } from '../rail/measures';
import { BASE, CATEGORY_COUNT, categoryColour, FIGURE_OPACITY, ringColourOf, TYPE_LOOKS, TYPE_TINT, type Classes, type LineStyle } from './colours';
import type { Category } from './inputs';
import type { Stroke } from './legend_marks';
import type { Still } from './still';
import type { Theme } from '../state/theme.svelte';

export interface Caption {
    title: string;
    lines: string[];
    legend: LegendKey[];
}

/** A colour or a mark with its meaning. */
export interface LegendKey {
    label: string;
    colour?: string;
    /** How much of the colour the inside has, where the edge has all of it, drawn as the outline is on the map. */
    tint?: number;
    line?: LineStyle;
    strokes?: readonly Stroke[];
}

const LEGEND_FONT = '400 24px "Inter Variable", sans-serif';
/** A key's colour with the room on both sides of its label. */
const KEY_WIDTH = 72;

/** The keys of a legend in as many rows as they need. */
export function inRows<T extends { label: string }>(keys: readonly T[], widthOf: (label: string) => number, width: number): T[][] {
    const rows: T[][] = [];
    let left = 0;
    for (const key of keys) {
        const needed = widthOf(key.label);
        const row = rows[rows.length - 1];
        if (row && needed <= left) row.push(key);
        else {
            rows.push([key]);
            left = width;
        }
        left -= needed;
    }
    return rows;
}

/** A text in as many lines as it needs; a word longer than a line has one of its own. */
export function wrapped(text: string, widthOf: (text: string) => number, width: number): string[] {
    const lines: string[] = [];
    for (const word of text.split(' ')) {
        const last = lines[lines.length - 1];
        if (last !== undefined && widthOf(`${last} ${word}`) <= width) lines[lines.length - 1] = `${last} ${word}`;
        else lines.push(word);
    }
    return lines;
}

type Pen = CanvasRenderingContext2D;
const EDGE_PX = 32;
const TITLE_FONT = '700 36px "Inter Variable", sans-serif';
/** A mark's grid of 16 on the height of a line of the legend. */
const MARK_SCALE = 1.75;

const DASHES: Readonly<Record<LineStyle, number[]>> = { solid: [], double: [], dashed: [6, 4], dotted: [2, 3] };

/** A colour as the map has it: a whole one, or a tint with its outline. */
function drawColour(pen: Pen, colour: string, tint: number | undefined, line: LineStyle, x: number, y: number): void {
    pen.save();
    [pen.fillStyle, pen.strokeStyle, pen.lineWidth] = [colour, colour, 2];
    pen.globalAlpha = tint ?? 1;
    pen.beginPath();
    pen.roundRect(x, y - 20, 28, 20, tint === undefined ? 0 : 6);
    pen.fill();
    if (tint !== undefined) {
        pen.globalAlpha = 1;
        pen.setLineDash(DASHES[line]);
        pen.stroke();
        if (line === 'double') {
            pen.beginPath();
            pen.roundRect(x + 5, y - 15, 18, 10, 3);
            pen.stroke();
        }
    }
    pen.restore();
}

function drawKey(pen: Pen, { colour, tint, line = 'solid', strokes }: LegendKey, x: number, y: number): void {
    if (colour) drawColour(pen, colour, tint, line, x, y);
    pen.save();
    pen.translate(x, y - 24);
    pen.scale(MARK_SCALE, MARK_SCALE);
    for (const { path, colour: ink, width, dash, opacity = 1 } of strokes ?? []) {
        pen.globalAlpha = opacity;
        pen.setLineDash([...(dash ?? [])]);
        if (width) {
            pen.strokeStyle = ink;
            pen.lineWidth = width;
            pen.stroke(new Path2D(path));
        } else {
            pen.fillStyle = ink;
            pen.fill(new Path2D(path));
        }
    }
    pen.restore();
}

/** The map as a picture with its title, legend, source and date below it. */
export function composePicture({ canvas: map, pixelRatio }: Still, caption: Caption, theme: Theme): HTMLCanvasElement {
    const scale = 2 / pixelRatio;
    const width = Math.round(map.width * scale);
    const mapHeight = Math.round(map.height * scale);
    const canvas = document.createElement('canvas');
    canvas.width = width;
    const pen = canvas.getContext('2d');
    if (!pen) throw new Error('This browser gives no canvas to draw on.');
    const room = width - 2 * EDGE_PX;
    const widthOf = (text: string): number => pen.measureText(text).width;
    pen.font = TITLE_FONT;
    const title = wrapped(caption.title, widthOf, room);
    pen.font = LEGEND_FONT;
    const legend = inRows(caption.legend, (label) => KEY_WIDTH + widthOf(label), room);
    const lines = caption.lines.flatMap((line) => wrapped(line, widthOf, room));
    canvas.height = mapHeight + 40 + title.length * 44 + legend.length * 44 + lines.length * 36;
    const colours = BASE[theme];
    pen.fillStyle = colours.paper;
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(map, 0, 0, width, mapHeight);
    pen.fillStyle = colours.ink;
    pen.font = TITLE_FONT;
    let y = mapHeight + 12;
    for (const line of title) pen.fillText(line, EDGE_PX, (y += 44), room);
    pen.font = LEGEND_FONT;
    for (const row of legend) {
        let x = EDGE_PX;
        y += 44;
        for (const key of row) {
            drawKey(pen, key, x, y);
            pen.fillStyle = colours.ink;
            pen.fillText(key.label, x + 40, y, room - 40);
            x += KEY_WIDTH + widthOf(key.label);
        }
    }
    pen.fillStyle = colours.inkQuiet;
    for (const line of lines) pen.fillText(line, EDGE_PX, (y += 36), room);
    return canvas;
}

export interface Key {
    atlas: Pick<Atlas, 'cluster_types'>;
    theme: Theme;
    categories: readonly Category[];
    /** There are clusters of none of the categories. */
    hasOthers: boolean;
    classes: Classes | null;
    choice: MeasureChoice | undefined;
    /** Some clusters are gathered in rings, whose colours these are. */
    hasRings: boolean;
    /** All sectors together are marks, whose colours are whole. */
    isOfAll: boolean;
    /** Some of the clusters have no value for what they are coloured by. */
    hasMissing: boolean;
}

/** What the map is coloured by, as it is on screen. */
export function legendOf(colour: string, { atlas, theme, categories, hasOthers, classes, choice, hasRings, isOfAll, hasMissing }: Key): LegendKey[] {
    if (colour === 'type') {
        return atlas.cluster_types.map((type) => {
            const { label, line, [theme]: own } = TYPE_LOOKS[type];
            return { label, colour: hasRings ? ringColourOf(type, theme) : own, tint: TYPE_TINT, line };
        });
    }
    if (colour === 'sector') {
        const named = categories.map(({ name }, i) => ({ label: name, colour: categoryColour(i, theme) }));
        if (!hasOthers) return named;
        return [...named, { label: 'Other sectors', colour: categoryColour(CATEGORY_COUNT, theme) }];
    }
    if (!choice || !classes) return [];
    const text = (i: number): string => formatValue(classes.breaks[i] ?? 0, choice.unit);
    const look = isOfAll ? {} : { tint: FIGURE_OPACITY };
    const steps = classes.colours.map((step, i) => ({ label: `${i === 0 ? `${choice.label} ` : ''}${text(i)} to ${text(i + 1)}`, colour: step, ...look }));
    return hasMissing ? [...steps, { label: 'Not available', colour: BASE[theme].inkQuiet, ...look }] : steps;
}

export function download(canvas: HTMLCanvasElement, name: string): Promise<void> {
    return new Promise((resolve, reject) =>
        canvas.toBlob((blob) => {
            if (!blob) return reject(new Error('the picture came out empty'));
            const link = document.createElement('a');
            link.href = URL.createObjectURL(blob);
            link.download = name;
            link.click();
            setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
            resolve();
        }, 'image/png'),
    );
}
