// What lies on the base map: marks that keep off each other, arcs of joint projects, boundaries with names.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Areas, ClusterList, ClusterProfile } from '../src/api/types';
import { drawn, settled, type Holder } from './on_map';
import { ask, launch, mapReady, visit, world, type World } from './world';

let browser: Browser;
let it: World;
beforeAll(async () => {
    [browser, it] = await Promise.all([launch(), world()]);
});
afterAll(() => browser?.close());

interface OnScreen {
    x: number;
    y: number;
    radius: number;
    name: string;
}
const marks = (page: Page): Promise<OnScreen[]> =>
    page.evaluate(() => {
        const map = document.querySelector<Holder>('.canvas')!.map!;
        const seen = map.queryRenderedFeatures({ layers: ['gathered-one', 'gathered-ring'] });
        const all = seen.map(({ geometry, properties }) => {
            const { x, y } = map.project((geometry as unknown as { coordinates: [number, number] }).coordinates);
            return { x: Math.round(x), y: Math.round(y), radius: Number(properties['radius']), name: String(properties['name']) };
        });
        return [...new Map(all.map((mark) => [`${mark.x} ${mark.y}`, mark])).values()];
    });

test.each(['', 'all'])('at the scale of a country no mark hides another and no name stands twice (sector "%s")', async (chosen) => {
    const largest = [...it.sectors].sort((a, b) => b.clusters - a.clusters)[0]!;
    const [west = 0, south = 0, east = 0, north = 0] = it.atlas.bounds;
    const { page, context, faults } = await visit(browser, `/?sector=${chosen || largest.slug}&at=5.5/${(south + north) / 2}/${(west + east) / 2}`);
    await mapReady(page);
    await settled(page);
    await expect.poll(() => marks(page).then((all) => all.length)).toBeGreaterThan(0);
    const all = await marks(page);
    const hidden = all.flatMap((a, i) =>
        all.slice(i + 1).flatMap((b) => (Math.hypot(a.x - b.x, a.y - b.y) < 0.75 * (a.radius + b.radius) ? [`${a.name} and ${b.name}`] : [])),
    );
    expect(hidden).toEqual([]);
    const names = all.map(({ name }) => name).filter(Boolean);
    expect(new Set(names).size).toBe(names.length);
    expect(faults).toEqual([]);
    await context.close();
});

test('joint projects of an open cluster are arcs, explained in the legend, until they are switched off in the address', async (here) => {
    if (!it.atlas.has.links) return here.skip();
    const { clusters } = await ask<ClusterList>('/api/clusters?limit=50&sort=-public_funding_gbp');
    const profiles = await Promise.all(clusters.slice(0, 12).map(({ slug }) => ask<ClusterProfile>(`/api/clusters/${slug}`)));
    const isOutside = ({ bbox: [west = 0, south = 0, east = 0, north = 0] }: ClusterProfile, lon: number | null, lat: number | null): boolean =>
        lon !== null && lat !== null && (lon < west || lon > east || lat < south || lat > north);
    const linked = profiles.find((profile) => profile.links.nodes.some(({ lon, lat }) => isOutside(profile, lon, lat)) && profile.links.edges.length > 0);
    if (!linked) return here.skip();
    const { page, context, faults } = await visit(browser, `/?cluster=${linked.slug}`);
    await mapReady(page);
    await expect.poll(() => drawn(page, 'links')).toBeGreaterThan(0);
    const legend = page.getByRole('region', { name: 'Legend' });
    await legend.getByText(/joint projects?$/).first().waitFor();
    await legend.getByRole('checkbox', { name: 'Joint projects as arcs' }).uncheck();
    await expect.poll(() => drawn(page, 'links')).toBe(-1);
    expect(await legend.getByText(/^\d+ joint projects?$/).count()).toBe(0);
    expect(new URL(page.url()).searchParams.get('links')).toBe('off');
    await page.reload();
    await mapReady(page);
    await page.getByRole('complementary', { name: 'Profile' }).getByRole('button', { name: 'On the map', pressed: false }).click();
    await expect.poll(() => drawn(page, 'links')).toBeGreaterThan(0);
    expect(new URL(page.url()).searchParams.has('links')).toBe(false);
    expect(faults).toEqual([]);
    await context.close();
});

test('regions are seen from far and authorities from near; a level that is asked for is seen at every zoom', async (here) => {
    const levels = it.atlas.area_levels.map(({ level }) => level);
    if (!levels.includes('region') || !levels.includes('lower_tier')) return here.skip();
    const { areas } = await ask<Areas>('/api/areas');
    const { label } = areas.find(({ level, sites }) => level === 'lower_tier' && sites > 0)!;
    const [lon, lat] = label!;
    const { page, context, faults } = await visit(browser, `/?at=5/${lat}/${lon}`);
    await mapReady(page);
    await expect.poll(() => drawn(page, 'areas-region')).toBeGreaterThan(0);
    await settled(page);
    expect(await drawn(page, 'areas-lower_tier')).toBe(0);
    await page.goto(`${new URL(page.url()).origin}/?at=9/${lat}/${lon}`);
    await mapReady(page);
    await expect.poll(() => drawn(page, 'areas-lower_tier')).toBeGreaterThan(0);
    await page.getByRole('combobox', { name: 'Boundaries' }).selectOption({ index: 1 + levels.indexOf('region') });
    await expect.poll(() => drawn(page, 'areas-lower_tier')).toBe(-1);
    expect(await drawn(page, 'areas-region')).toBeGreaterThan(-1);
    expect(new URL(page.url()).searchParams.get('layers')).toBe('areas-region');
    expect(faults).toEqual([]);
    await context.close();
});

test('far out the reader\'s own clusters and the published ones are told apart, and near their outlines are', async (here) => {
    if (!it.atlas.has.recluster) return here.skip();
    const [lon, lat] = it.clusters[0]!.label;
    const { page, context, faults } = await visit(browser, `/?tune=1000,10&at=5.5/${lat}/${lon}`);
    await mapReady(page);
    const sum = async (...layers: string[]): Promise<number> => {
        const counts = await Promise.all(layers.map((layer) => drawn(page, layer)));
        return counts.reduce((a, b) => a + Math.max(0, b), 0);
    };
    await expect.poll(() => sum('tuned-one', 'tuned-ring')).toBeGreaterThan(0);
    expect(await sum('ghost-one', 'tuned-ring')).toBeGreaterThan(0);
    await page.goto(`${new URL(page.url()).origin}/?tune=1000,10&at=12/${lat}/${lon}`);
    await mapReady(page);
    await expect.poll(() => sum('tuned-line')).toBeGreaterThan(0);
    await expect.poll(() => sum('ghost-line')).toBeGreaterThan(0);
    expect(faults).toEqual([]);
    await context.close();
});
