import { TYPE_LOOKS } from './colours';
import type { Atlas } from '../api/types';
import { BASE } from './colours';
import type { Theme } from '../state/theme.svelte';

export interface Caption {
    title: string;
    lines: string[];
    legend: { label: string; colour: string }[];
}

/** The map as a picture with its title, legend, source and date below it. */
export function composePicture(map: HTMLCanvasElement, caption: Caption, theme: Theme, pixelRatio: number): HTMLCanvasElement {
    const scale = 2 / pixelRatio;
    const width = Math.round(map.width * scale);
    const mapHeight = Math.round(map.height * scale);
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = mapHeight + 84 + caption.lines.length * 36 + (caption.legend.length > 0 ? 44 : 0);
    const pen = canvas.getContext('2d');
    if (!pen) throw new Error('This browser gives no canvas to draw on.');
    const colours = BASE[theme];
    pen.fillStyle = colours.paper;
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(map, 0, 0, width, mapHeight);
    pen.fillStyle = colours.ink;
    pen.font = '700 36px "Inter Variable", sans-serif';
    let y = mapHeight + 56;
    pen.fillText(caption.title, 32, y, width - 64);
    if (caption.legend.length > 0) {
        let x = 32;
        y += 44;
        pen.font = '400 24px "Inter Variable", sans-serif';
        for (const { label, colour } of caption.legend) {
            pen.fillStyle = colour;
            pen.fillRect(x, y - 20, 28, 20);
            pen.fillStyle = colours.ink;
            pen.fillText(label, x + 40, y);
            x += 40 + pen.measureText(label).width + 32;
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

export const typeLegend = (atlas: Atlas, theme: Theme): Caption['legend'] =>
    atlas.cluster_types.map((type) => ({ label: TYPE_LOOKS[type].label, colour: TYPE_LOOKS[type][theme] }));

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
