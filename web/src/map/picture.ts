import type { Atlas } from '../api/types';
import { formatValue } from '../format/numbers';
import type { MeasureChoice } from '../rail/measures';
import { BASE, CATEGORY_COUNT, categoryColour, ringColourOf, TYPE_LOOKS, type Classes } from './colours';
import type { Category } from './inputs';
import type { Theme } from '../state/theme.svelte';

export interface Caption {
    title: string;
    lines: string[];
    legend: { label: string; colour: string }[];
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

/** The map as a picture with its title, legend, source and date below it. */
export function composePicture(map: HTMLCanvasElement, caption: Caption, theme: Theme, pixelRatio: number): HTMLCanvasElement {
    const scale = 2 / pixelRatio;
    const width = Math.round(map.width * scale);
    const mapHeight = Math.round(map.height * scale);
    const canvas = document.createElement('canvas');
    canvas.width = width;
    const pen = canvas.getContext('2d');
    if (!pen) throw new Error('This browser gives no canvas to draw on.');
    pen.font = LEGEND_FONT;
    const legend = inRows(caption.legend, (label) => KEY_WIDTH + pen.measureText(label).width, width - 64);
    canvas.height = mapHeight + 84 + caption.lines.length * 36 + legend.length * 44;
    const colours = BASE[theme];
    pen.fillStyle = colours.paper;
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(map, 0, 0, width, mapHeight);
    pen.fillStyle = colours.ink;
    pen.font = '700 36px "Inter Variable", sans-serif';
    let y = mapHeight + 56;
    pen.fillText(caption.title, 32, y, width - 64);
    for (const row of legend) {
        let x = 32;
        y += 44;
        pen.font = LEGEND_FONT;
        for (const { label, colour } of row) {
            pen.fillStyle = colour;
            pen.fillRect(x, y - 20, 28, 20);
            pen.fillStyle = colours.ink;
            pen.fillText(label, x + 40, y);
            x += KEY_WIDTH + pen.measureText(label).width;
        }
    }
    pen.font = '400 24px "Inter Variable", sans-serif';
    pen.fillStyle = colours.inkQuiet;
    for (const line of caption.lines) {
        y += 36;
        pen.fillText(line, 32, y, width - 64);
    }
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
    /** All sectors are shown: clusters are gathered in rings. */
    hasRings: boolean;
}

/** What the map is coloured by, as it is on screen. */
export function legendOf(colour: string, { atlas, theme, categories, hasOthers, classes, choice, hasRings }: Key): Caption['legend'] {
    if (colour === 'type') return atlas.cluster_types.map((type) => ({ label: TYPE_LOOKS[type].label, colour: hasRings ? ringColourOf(type, theme) : TYPE_LOOKS[type][theme] }));
    if (colour === 'sector') {
        const named = categories.map(({ name }, i) => ({ label: name, colour: categoryColour(i, theme) }));
        if (!hasOthers) return named;
        return [...named, { label: 'Other sectors', colour: categoryColour(CATEGORY_COUNT, theme) }];
    }
    if (!choice || !classes) return [];
    const text = (i: number): string => formatValue(classes.breaks[i] ?? 0, choice.unit);
    return classes.colours.map((step, i) => ({ label: `${i === 0 ? `${choice.label} ` : ''}${text(i)} to ${text(i + 1)}`, colour: step }));
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
