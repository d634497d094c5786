// What the map draws, asked of the map itself: layers whose data comes from tiles can be empty without anyone noticing.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ClusterList } from '../src/api/types';
import { drawn, settled, unnamedRings, type Holder } from './on_map';
import { ask, launch, mapReady, visit, world, type World } from './world';

let browser: Browser;
let it: World;
beforeAll(async () => {
    [browser, it] = await Promise.all([launch(), world()]);
});
afterAll(() => browser?.close());

interface Published {
    features: { properties: { sector: string }; bbox?: number[]; geometry: { coordinates: unknown } }[];
}

/** Any corner of a geometry. */
const corner = (coordinates: unknown): number[] =>
    Array.isArray(coordinates) && typeof coordinates[0] !== 'number' ? corner(coordinates[0]) : (coordinates as number[]);

test('officially published clusters of the chosen sector are drawn, and of no other', async (here) => {
    if (!it.atlas.has.published_clusters) return here.skip();
    const { features } = await ask<Published>('/ogc/collections/published-clusters/items?limit=1000');
    const alike = (name: string): (typeof features)[number] | undefined =>
        features.find(({ properties }) => properties.sector.toLowerCase() === name.toLowerCase());
    const sector = it.sectors.find(({ name }) => alike(name));
    const other = it.sectors.find(({ name, clusters }) => !alike(name) && clusters > 0);
    const outline = sector && alike(sector.name);
    if (!sector || !outline || !other) return here.skip();
    const [lon, lat] = corner(outline.geometry.coordinates);
    const { page, context, faults } = await visit(browser, `/?sector=${sector.slug}&layers=published&at=10/${lat}/${lon}`);
    await mapReady(page);
    await expect.poll(() => drawn(page, 'published-line')).toBeGreaterThan(0);
    await page.goto(`${new URL(page.url()).origin}/?sector=${other.slug}&layers=published&at=10/${lat}/${lon}`);
    await mapReady(page);
    await settled(page);
    expect(await drawn(page, 'published-line')).toBe(0);
    await page.goto(`${new URL(page.url()).origin}/?sector=all&layers=published&at=10/${lat}/${lon}`);
    await mapReady(page);
    await expect.poll(() => drawn(page, 'published-line')).toBeGreaterThan(0);
    expect(faults).toEqual([]);
    await context.close();
});

test('firms are drawn from tiles of the chosen sector alone', async (here) => {
    if (!it.atlas.has.firms) return here.skip();
    const [lon, lat] = it.clusters[0]?.label ?? [];
    const { page, context } = await visit(browser, '/methods');
    const asked: string[] = [];
    page.on('request', (request) => {
        if (request.url().includes('/tiles/firms/')) asked.push(new URL(request.url()).search);
    });
    await page.goto(`${new URL(page.url()).origin}/?sector=${it.sector.slug}&layers=firms&at=11/${lat}/${lon}`);
    await mapReady(page);
    await expect.poll(() => drawn(page, 'firms')).toBeGreaterThan(0);
    expect(new Set(asked)).toEqual(new Set([`?sector=${it.sector.slug}`]));
    await context.close();
});

test('a cluster chosen from the half open table is seen beside the table and the profile', async () => {
    const { page, context } = await visit(browser, `/?sector=${it.sector.slug}&table=half`);
    await mapReady(page);
    const cluster = it.clusters[0]!;
    await page.getByRole('rowheader').getByRole('link', { name: cluster.name, exact: true }).first().click();
    await page.getByRole('complementary', { name: 'Profile' }).getByRole('heading', { level: 2 }).waitFor();
    await settled(page);
    await page.waitForTimeout(300);
    const [at, free] = await page.evaluate((label) => {
        const box = (selector: string): DOMRect => document.querySelector(selector)!.getBoundingClientRect();
        const canvas = document.querySelector<Holder>('.canvas')!;
        const { x, y } = canvas.map!.project(label);
        const { left, top } = canvas.getBoundingClientRect();
        return [
            { x: x + left, y: y + top },
            { left, right: box('.panel').left, top, bottom: box('.sheet').top },
        ] as const;
    }, cluster.label as [number, number]);
    expect(at.x).toBeGreaterThan(free.left);
    expect(at.x).toBeLessThan(free.right);
    expect(at.y).toBeGreaterThan(free.top);
    expect(at.y).toBeLessThan(free.bottom);
    await context.close();
});

test('on a phone the table shows the chosen figure beside the name', async () => {
    const { page, context } = await visit(browser, `/?sector=${it.sector.slug}&sort=-site_count`, { width: 390, height: 844 });
    await page.getByRole('navigation', { name: 'Parts of the page' }).getByText('Table').click();
    const figure = page.getByRole('row').nth(1).getByRole('cell').nth(1);
    await figure.waitFor();
    expect((await figure.textContent())?.trim().replace(/\D/g, '')).toBe(String(Math.max(...it.clusters.map((c) => c.site_count))));
    const box = await figure.boundingBox();
    expect((box?.x ?? 999) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
    await context.close();
});

/** Where a cluster lies in the window, and the part of the map that nothing covers. */
const placeOf = (page: Page, label: number[]): Promise<{ x: number; y: number; top: number; bottom: number }> =>
    page.evaluate((lonLat) => {
        const canvas = document.querySelector<Holder>('.canvas')!;
        const { x, y } = canvas.map!.project(lonLat as [number, number]);
        const { left, top } = canvas.getBoundingClientRect();
        return { x: x + left, y: y + top, top, bottom: document.querySelector('.sheet')!.getBoundingClientRect().top };
    }, label);

test('opening the table leaves the clusters in sight, and closing it brings the map back', async () => {
    const [lon, lat] = it.clusters[0]?.label ?? [];
    // The cluster lies in the lower third, where the half open table will be.
    const { page, context } = await visit(browser, `/?sector=${it.sector.slug}&at=10/${Number(lat) + 0.1}/${lon}`);
    await mapReady(page);
    const label = it.clusters[0]!.label;
    const before = await placeOf(page, label);
    expect(before.y).toBeGreaterThan(500);
    await page.getByRole('button', { name: 'Table', exact: true }).click();
    await expect.poll(async () => { const { y, bottom } = await placeOf(page, label); return bottom < 600 && y < bottom; }).toBe(true);
    await page.getByRole('button', { name: 'Close table' }).click();
    await expect.poll(async () => Math.abs((await placeOf(page, label)).y - before.y)).toBeLessThan(2);
    await context.close();
});

test('of all sectors in the country the ten largest rings have their names, above or below where there is no room beside', async () => {
    const { page, context, faults } = await visit(browser, '/?sector=all');
    await mapReady(page);
    await settled(page);
    await expect.poll(() => drawn(page, 'gathered-ring')).toBeGreaterThan(0);
    await expect.poll(() => unnamedRings(page, 10)).toEqual([]);
    expect(faults).toEqual([]);
    await context.close();
});

test('all sectors far out are gathered in rings; a click lists every cluster there, largest first', async () => {
    const [lon, lat] = it.clusters[0]?.label ?? [];
    const { page, context, faults } = await visit(browser, `/?sector=all&at=6/${lat}/${lon}`);
    await mapReady(page);
    await expect.poll(() => drawn(page, 'gathered-ring')).toBeGreaterThan(0);
    const ring = await page.evaluate(() => {
        const canvas = document.querySelector<Holder>('.canvas')!;
        const rings = canvas.map!.queryRenderedFeatures({ layers: ['gathered-ring'] }).filter((f) => f.properties['ring'] !== undefined);
        const largest = rings.sort((a, b) => b.properties['count'] - a.properties['count'])[0]!;
        const { x, y } = canvas.map!.project((largest.geometry as unknown as { coordinates: [number, number] }).coordinates);
        const { left, top } = canvas.getBoundingClientRect();
        return { x: x + left, y: y + top, count: Number(largest.properties['count']), name: String(largest.properties['name'] ?? '') };
    });
    await page.mouse.click(ring.x, ring.y);
    const listed = page.getByRole('region', { name: 'Clusters here' });
    await listed.getByText(`${ring.count.toLocaleString('en-GB')} clusters ${ring.name ? `around ${ring.name}` : 'close together'}, largest first`).waitFor();
    const items = await listed.getByRole('listitem').allTextContents();
    const sizes = items.flatMap((text) => /([\d,]+) enterprises?/.exec(text)?.[1] ?? []).map((size) => Number(size.replace(',', '')));
    // Of a great many the largest alone.
    expect(sizes.length).toBe(Math.min(ring.count, 60));
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    await listed.getByRole('button', { name: 'Zoom in here' }).click();
    await listed.waitFor({ state: 'detached' });
    expect(faults).toEqual([]);
    await context.close();
});

test.each([390, 360])('on a phone of %i px the first two figures of the table are whole', async (width) => {
    const { page, context } = await visit(browser, '/?sector=all&table=full', { width, height: 844 });
    const row = page.getByRole('row').nth(1);
    await row.waitFor();
    for (const i of [1, 2]) {
        const box = await row.getByRole('cell').nth(i).boundingBox();
        expect((box?.x ?? 999) + (box?.width ?? 0), `figure ${i}`).toBeLessThanOrEqual(width);
    }
    await context.close();
});

test('an address that says where the map looks shows just that, with a profile open too', async () => {
    const cluster = it.clusters[0]!;
    const [lon, lat] = cluster.label;
    const { page, context } = await visit(browser, `/?cluster=${cluster.slug}&at=7/${Number(lat) + 0.3}/${lon}`);
    await mapReady(page);
    await page.getByRole('complementary', { name: 'Profile' }).getByRole('heading', { level: 2 }).waitFor();
    await page.waitForTimeout(800);
    expect(await page.evaluate(() => document.querySelector<Holder>('.canvas')!.map!.getZoom())).toBeCloseTo(7, 2);
    await context.close();
});

test('the texts of a legend do not touch, whatever the figure', async () => {
    const { page, context, faults } = await visit(browser, '/?sector=all&colour=enterprise_count');
    for (const figure of ['enterprise_count', 'public_funding_gbp', 'turnover_gbp', 'employment', 'location_quotient', 'patent_share']) {
        if (figure !== 'enterprise_count' && !it.atlas.measures.includes(figure)) continue;
        await page.goto(`${new URL(page.url()).origin}/?sector=all&colour=${figure}`);
        await mapReady(page);
        const boxes = await page.locator('.breaks span').evaluateAll((all) => all.map((span) => span.getBoundingClientRect()));
        const pairs = boxes.flatMap((a, i) => boxes.slice(i + 1).map((b) => [a, b] as const));
        expect(pairs.filter(([a, b]) => a.left < b.right && b.left < a.right && a.top < b.bottom - 1 && b.top < a.bottom - 1), figure).toEqual([]);
    }
    expect(faults).toEqual([]);
    await context.close();
});

test('bars of one scale are as long in each column of a comparison', async (here) => {
    const { clusters } = await ask<ClusterList>('/api/clusters?limit=2');
    if (clusters.length < 2) return here.skip();
    const { page, context } = await visit(browser, `/compare?compare=${clusters.map(({ slug }) => slug).join(',')}`);
    await page.locator('.bar').first().waitFor();
    const widths = await page.locator('.bar').evaluateAll((bars) => bars.map((bar) => Math.round(bar.getBoundingClientRect().width)));
    expect(new Set(widths).size).toBe(1);
    await context.close();
});
