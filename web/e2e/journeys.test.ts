// Five people with a question each. Names come from the atlas that is served, steps are by role and visible text.
import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ClusterList, ClusterProfile, Members, Near } from '../src/api/types';
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

test('minister: what is strong here, and is it real?', async () => {
    const { page, context, faults } = await visit(browser, '/');
    await page.getByRole('heading', { name: 'Sector', exact: true }).waitFor();
    await page.getByRole('button', { name: 'All sectors' }).click();
    await page.getByRole('button', { name: 'Table' }).click();
    await page.getByRole('columnheader', { name: 'Location quotient' }).getByRole('button').click();
    await expect.poll(() => page.getByRole('columnheader', { name: 'Location quotient' }).getAttribute('aria-sort')).toBe('descending');
    const list = await ask<ClusterList>('/api/clusters?sort=-location_quotient&limit=1');
    const top = list.clusters[0]!;
    const link = page.getByRole('table').getByRole('rowheader').getByRole('link').first();
    await expect.poll(() => link.textContent()).toBe(top.name);
    await link.click();
    await panel(page).getByRole('heading', { name: top.name, level: 2 }).waitFor();
    const profile = await ask<ClusterProfile>(`/api/clusters/${top.slug}`);
    await panel(page).getByText(profile.summary).waitFor();
    await panel(page).getByRole('heading', { name: 'How sure we are' }).waitFor();
    await page.keyboard.press('Escape');
    await panel(page).waitFor({ state: 'detached' });
    await page.goBack();
    await panel(page).getByRole('heading', { name: top.name, level: 2 }).waitFor();
    await mapReady(page);
    expect(faults).toEqual([]);
    await context.close();
});

test('investor: a sector by search, its clusters cut by a figure, two of them compared', async () => {
    const { page, context, faults } = await visit(browser, '/');
    const box = page.getByRole('combobox', { name: 'Search' });
    await box.fill(it.sector.name);
    await hits(page).filter({ hasText: /Sector$/ }).first().click();
    await expect.poll(() => new URL(page.url()).searchParams.get('sector')).not.toBeNull();
    const atLeast = page.getByRole('slider', { name: 'Enterprises, at least', exact: true });
    await atLeast.focus();
    await page.keyboard.press('ArrowRight');
    const chip = page.getByRole('group', { name: 'What is shown' }).getByRole('button', { name: /^Enterprises: .* or more/ });
    await chip.waitFor();
    await chip.click();
    await chip.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Table' }).click();
    const picks = page.getByRole('table').getByRole('checkbox');
    const n = Math.min(2, await picks.count());
    for (let i = 0; i < n; ++i) await picks.nth(i).check();
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
    await page.getByRole('article').getByRole('button', { name: 'Share', exact: true }).click();
    const link = page.getByRole('dialog', { name: 'Share' }).getByRole('textbox').first();
    expect(new URL(await link.inputValue()).pathname).toBe(`/clusters/${cluster.slug}`);
    await page.keyboard.press('Escape');
    expect(await page.title()).toContain(cluster.name);
    expect(faults).toEqual([]);
    await context.close();
});

test('resident: a postcode says which clusters are near', async (context_) => {
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
    await panel(page).getByRole('heading', { name: 'Within 10 km' }).waitFor();
    expect(faults).toEqual([]);
    await context.close();
});

test('analyst: what is filtered is what is downloaded, and GDAL opens it', async () => {
    const { page, context, faults } = await visit(browser, `/?sector=${it.sector.slug}&table=full`);
    await page.getByText(/^\d[\d,.]* clusters?, /).first().waitFor();
    const shown = (await ask<ClusterList>(`/api/clusters?sector=${it.sector.slug}&limit=0`)).number_matched;
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'GeoJSON' }).click()]);
    const path = await file.path();
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

test('by keyboard alone: into the map, to a cluster, and out again', async () => {
    const { page, context } = await visit(browser, '/');
    await mapReady(page);
    await page.getByRole('region', { name: /^Map/ }).focus();
    await page.keyboard.press('Tab');
    const here = page.getByRole('list', { name: 'Clusters on the map, largest first' }).getByRole('button').first();
    await expect.poll(() => here.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    await panel(page).getByRole('heading', { level: 2 }).waitFor();
    await page.keyboard.press('Escape');
    await panel(page).waitFor({ state: 'detached' });
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
