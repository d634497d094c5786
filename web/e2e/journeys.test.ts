// Five people with a question each. Names come from the atlas that is served, steps are by role and visible text.
import { execFile } from 'node:child_process';
import { mkdtemp, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Areas, ClusterList, ClusterProfile, Measures, Members, Near, Selection } from '../src/api/types';
import { ask, base, launch, mapReady, visit, world, type World } from './world';

const run = promisify(execFile);
let browser: Browser;
let it: World;
beforeAll(async () => {
    [browser, it] = await Promise.all([launch(), world()]);
});
afterAll(() => browser?.close());

const panel = (page: Page) => page.getByRole('complementary', { name: 'Profile' });
const hits = (page: Page) => page.getByRole('listbox', { name: 'Found' }).getByRole('option');
const first = () => {
    const cluster = it.clusters[0];
    if (!cluster) throw new Error('The atlas has no cluster.');
    return cluster;
};

test('minister: what is strong in my area, and is it real?', async (here) => {
    const { areas } = await ask<Areas>('/api/areas');
    const area = areas.sort((a, b) => b.clusters - a.clusters)[0];
    if (!area?.clusters) return here.skip();
    const { page, context, faults } = await visit(browser, '/');
    await page.getByRole('combobox', { name: 'An area by name' }).selectOption(area.code);
    await panel(page).getByRole('heading', { name: area.name, level: 2 }).waitFor();
    const inside = await ask<Selection>(`/api/areas/${encodeURIComponent(area.code)}`);
    const strongest = inside.clusters[0]!;
    await panel(page).getByText('of its sites are here').first().waitFor();
    await panel(page).getByRole('link', { name: strongest.cluster.name }).first().click();
    const profile = await ask<ClusterProfile>(`/api/clusters/${strongest.cluster.slug}`);
    await panel(page).getByRole('heading', { name: profile.name, level: 2 }).waitFor();
    await panel(page).getByText(profile.summary).waitFor();
    await panel(page).getByRole('heading', { name: 'How sure we are' }).waitFor();
    const about = panel(page).getByRole('button', { name: /^About / }).first();
    await about.hover();
    await panel(page).getByRole('note').waitFor();
    await page.keyboard.press('Escape');
    await panel(page).getByRole('note').waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await panel(page).getByRole('heading', { name: area.name, level: 2 }).waitFor();
    await page.goBack();
    await panel(page).getByRole('heading', { name: profile.name, level: 2 }).waitFor();
    await mapReady(page);
    expect(faults).toEqual([]);
    await context.close();
});

test('investor: clusters of a sector with private money, who invests, and two side by side', async () => {
    const funded = it.atlas.measures.includes('private_investment_gbp');
    const figure = funded ? 'private_investment_gbp' : 'enterprise_count';
    const [best] = (await ask<ClusterList>(`/api/clusters?sort=-${figure}&limit=1`)).clusters;
    const { page, context, faults } = await visit(browser, '/');
    await page.getByRole('combobox', { name: 'Search' }).fill(best!.sector.name);
    await hits(page).filter({ hasText: /Sector$/ }).first().click();
    await expect.poll(() => new URL(page.url()).searchParams.get('sector')).toBe(best!.sector.slug);
    if (funded) await page.getByRole('combobox', { name: 'Add a figure to filter by' }).selectOption(figure);
    const label = funded ? (await ask<Measures>('/api/measures')).measures.find((m) => m.measure === figure)!.label : 'Enterprises';
    const { clusters } = await ask<ClusterList>(`/api/clusters?sector=${best!.sector.slug}&sort=-${figure}`);
    // A figure that is missing, or one value for all, has nothing to brush.
    if (new Set(clusters.flatMap((c) => (funded ? c.measures[figure] : c.enterprise_count) ?? [])).size > 1) {
        const atLeast = page.getByRole('slider', { name: `${label}, at least`, exact: true });
        await atLeast.focus();
        await page.keyboard.press('ArrowRight');
        const chip = page.getByRole('group', { name: 'What is shown' }).getByRole('button', { name: new RegExp(`^${label}: .* or more`) });
        await chip.waitFor();
        await chip.click();
        await chip.waitFor({ state: 'detached' });
    }
    await page.getByRole('button', { name: 'Table', exact: true }).click();
    const picks = page.getByRole('table').getByRole('checkbox');
    const n = Math.min(2, await picks.count());
    for (let i = 0; i < n; ++i) await picks.nth(i).check();
    await page.getByRole('rowheader').getByRole('link', { name: best!.name, exact: true }).first().click();
    const profile = await ask<ClusterProfile>(`/api/clusters/${best!.slug}`);
    if (profile.items['top_investor']?.length) await panel(page).getByRole('list', { name: 'Known investors' }).waitFor();
    await page.getByRole('link', { name: `Compare (${n})` }).click();
    await page.getByRole('heading', { name: 'Compare', level: 1 }).waitFor();
    await expect.poll(() => page.getByRole('columnheader').count()).toBe(n);
    expect(faults).toEqual([]);
    await context.close();
});

test('cluster manager: our profile as a page, our peers, a link to send', async () => {
    const cluster = first();
    const { page, context, faults } = await visit(browser, `/clusters/${cluster.slug}`);
    await page.getByRole('heading', { name: cluster.name, level: 1 }).waitFor();
    await page.getByRole('heading', { name: 'Where it is' }).waitFor();
    const { items } = await ask<ClusterProfile>(`/api/clusters/${cluster.slug}`);
    expect(await page.getByRole('heading', { name: 'Peers' }).count()).toBe(items['peer']?.length ? 1 : 0);
    expect(await page.getByRole('heading', { name: 'Support that fits' }).count()).toBe(items['support']?.length ? 1 : 0);
    await page.getByRole('article').getByRole('button', { name: 'Share', exact: true }).click();
    const link = page.getByRole('dialog', { name: 'Share' }).getByRole('textbox').first();
    expect(new URL(await link.inputValue()).pathname).toBe(`/clusters/${cluster.slug}`);
    await page.keyboard.press('Escape');
    expect(await page.title()).toContain(cluster.name);
    expect(faults).toEqual([]);
    await context.close();
});

test('resident: a postcode says which clusters are near, and how many jobs', async (context_) => {
    if (!it.atlas.has.postcodes) return context_.skip();
    const cluster = first();
    let postcode = it.atlas.has.firms
        ? (await ask<Members>(`/api/clusters/${cluster.slug}/members?limit=5`)).members.find((m) => m.postcode)?.postcode
        : undefined;
    if (!postcode) return context_.skip();
    postcode = postcode.trim();
    const { page, context, faults } = await visit(browser, '/');
    await page.getByRole('combobox', { name: 'Search' }).fill(postcode);
    await hits(page).filter({ hasText: /Postcode$/ }).first().click();
    const near = await ask<Near>(`/api/near?postcode=${encodeURIComponent(postcode)}`);
    await panel(page).getByText(near.inside.length > 0 ? /This place is in \d/ : 'This place is in no cluster').waitFor();
    await panel(page).getByRole('button', { name: /All within 10 km/ }).click();
    await panel(page).getByRole('heading', { name: 'Within 10' }).waitFor();
    await panel(page).getByText('Employees', { exact: true }).waitFor();
    expect(faults).toEqual([]);
    await context.close();
});

test('analyst: what is filtered is what is downloaded, and GDAL opens it', async () => {
    const { page, context, faults } = await visit(browser, `/?sector=${it.sector.slug}&table=full`);
    await page.getByText(/^\d[\d,.]* clusters?, /).first().waitFor();
    const shown = (await ask<ClusterList>(`/api/clusters?sector=${it.sector.slug}&limit=0`)).number_matched;
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Exactly these clusters, GeoPackage' }).click()]);
    const path = join(await mkdtemp(join(tmpdir(), 'icmap-')), file.suggestedFilename());
    await file.saveAs(path);
    expect((await stat(path)).size).toBeGreaterThan(100);
    try {
        const { stdout } = await run('ogrinfo', ['-ro', '-so', '-al', path]);
        expect(stdout).toContain(`Feature Count: ${shown}`);
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
        throw new Error('ogrinfo is missing: apt-get install gdal-bin');
    }
    expect(faults).toEqual([]);
    await context.close();
});

test('by keyboard alone: over the map, into it, to a cluster, and out again', async () => {
    const { page, context, faults } = await visit(browser, '/');
    await mapReady(page);
    const map = page.getByRole('region', { name: /^Map/ });
    await map.focus();
    const camera = (): { zoom: number; lat: number; lon: number } => {
        const [zoom = 0, lat = 0, lon = 0] = (new URL(page.url()).searchParams.get('at') ?? '').split('/').map(Number);
        return { zoom, lat, lon };
    };
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => camera().lon).not.toBe(0);
    const start = camera();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => camera().lon).toBeGreaterThan(start.lon);
    await page.keyboard.press('ArrowUp');
    await expect.poll(() => camera().lat).toBeGreaterThan(start.lat);
    await page.keyboard.press('Equal');
    await expect.poll(() => camera().zoom).toBeGreaterThan(start.zoom + 0.9);
    await page.keyboard.press('Minus');
    await expect.poll(() => camera().zoom).toBeLessThan(start.zoom + 0.1);
    const here = page.getByRole('list', { name: 'Clusters on the map, largest first' }).getByRole('button');
    const hasFocus = (n: number) => expect.poll(() => here.nth(n).evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press('Tab');
    await hasFocus(0);
    await page.keyboard.press('Tab');
    await hasFocus(1);
    await page.keyboard.press('Shift+Tab');
    await hasFocus(0);
    const box = (await here.first().boundingBox())!;
    expect(box.x >= 0 && box.y >= 0 && box.x + box.width <= 1440 && box.y + box.height <= 900, 'its name is on the screen').toBe(true);
    expect(await here.first().evaluate((element) => getComputedStyle(element).opacity)).toBe('1');
    await page.keyboard.press('Enter');
    await panel(page).getByRole('heading', { level: 2 }).waitFor();
    await expect.poll(() => panel(page).evaluate((element) => element.contains(document.activeElement))).toBe(true);
    await page.keyboard.press('Escape');
    await panel(page).waitFor({ state: 'detached' });
    expect(await map.evaluate((element) => element === document.activeElement), 'the keys are the map\'s again').toBe(true);
    expect(faults).toEqual([]);
    await context.close();
});

test('without JavaScript there is still a way to the clusters', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(base);
    const [largest] = (await ask<ClusterList>('/api/clusters?sort=-enterprise_count&limit=1')).clusters;
    const link = page.getByRole('listitem').getByRole('link', { name: largest!.name }).first();
    await link.waitFor();
    expect(await page.locator('meta[name="description"]').count()).toBe(1);
    await link.click();
    await page.getByRole('heading', { name: largest!.name }).waitFor();
    await context.close();
});
