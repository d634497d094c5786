import { expect, test } from 'vitest';
import { legendMarks, type Shown } from './legend_marks';

const has = { firms: true, institutions: true, published_clusters: true } as Shown['atlas']['has'];
const shown: Shown = { atlas: { has }, theme: 'light', layers: [], ringColours: null, links: null };
const labels = (change: Partial<Shown>): string[] => legendMarks({ ...shown, ...change }).map(({ label }) => label);
const arc = (projects: number) => ({ type: 'Feature' as const, properties: { projects }, geometry: { type: 'LineString' as const, coordinates: [] } });

test('a legend explains the layers that are on and no others', () => {
    expect(labels({})).toEqual([]);
    expect(labels({ layers: ['firms'] })).toEqual(['Firm with evidence of R&D', 'Other firm of the sector']);
    expect(labels({ layers: ['institutions', 'published'] })).toContain('University');
    expect(labels({ layers: ['institutions', 'published'] }).at(-1)).toBe('Officially published cluster');
    expect(labels({ layers: ['firms'], atlas: { has: { ...has, firms: false } } })).toEqual([]);
});
test('arcs are explained by their widths, the wider the more projects', () => {
    const marks = legendMarks({ ...shown, links: { type: 'FeatureCollection', features: [arc(1), arc(16)] } });
    expect(marks.map(({ label }) => label)).toEqual(['1 joint project', '4 joint projects', '16 joint projects']);
    const widths = marks.map(({ strokes }) => strokes[0]!.width!);
    expect(widths).toEqual([...widths].sort((a, b) => a - b));
});
test('the sign of a ring has the colours of the rings', () => {
    const [ring] = legendMarks({ ...shown, ringColours: ['#111111', '#222222', '#333333', '#444444'] });
    expect(ring?.strokes.map(({ colour }) => colour)).toEqual(['#111111', '#222222', '#333333']);
});
