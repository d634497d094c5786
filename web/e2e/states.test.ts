// How the page looks when things are not as usual: no scripts, no answer, colours of the system, large text, a low window.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, mapReady, visit, world, type World } from './world';

let browser: Browser;
let it: World;
beforeAll(async () => {
    [browser, it] = await Promise.all([launch(), world()]);
});
afterAll(() => browser?.close());

test('without scripts the clusters are a list of links on the first screen', async () => {
    const { page, context } = await visit(browser, '/', { hasScripts: false });
    const link = page.getByRole('listitem').getByRole('link').first();
    const box = await link.boundingBox();
    expect(box?.y).toBeLessThan(900);
    const name = it.clusters[0]!.name;
    await page.getByRole('link', { name: new RegExp(`^${name}, `) }).first().click();
    await page.getByRole('heading', { level: 1, name: new RegExp(name) }).waitFor();
    expect((await page.getByRole('heading', { level: 1 }).boundingBox())?.y).toBeLessThan(300);
    await context.close();
});

const failing = (url: string) => (page: Page) =>
    page.route(url, (route) => route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify({ type: 'about:blank', title: 'Broken', status: 500, detail: 'The disk is on fire.' }) }));

test('a list that fails says so, keeps the map, and comes with another try', async () => {
    const { page, context } = await visit(browser, '/', { before: failing('**/api/clusters?*') });
    const alert = page.getByRole('alert');
    await alert.getByText('The disk is on fire.').waitFor();
    expect(await page.getByText('Loading clusters').count()).toBe(0);
    await mapReady(page);
    await page.unroute('**/api/clusters?*');
    await alert.getByRole('button', { name: 'Try again' }).click();
    await alert.waitFor({ state: 'detached' });
    await page.getByText(/clusters? (of|in) /).first().waitFor();
    await context.close();
});

test('when a new question fails the last answer stays and is called that', async () => {
    const { page, context } = await visit(browser, `/?sector=${it.sector.slug}`);
    await page.getByText(/clusters? (of|in) /).first().waitFor();
    await failing('**/api/clusters?*')(page);
    await page.getByRole('button', { name: 'All sectors' }).click();
    await page.getByRole('alert').getByText('an earlier question').waitFor();
    await page.getByText('(last answer)').waitFor();
    await context.close();
});

test('an atlas that cannot be read is told of on the page, not by an empty one', async () => {
    const { page, context } = await visit(browser, '/', { before: failing('**/api/atlas') });
    await page.getByRole('alert').getByText('The disk is on fire.').waitFor();
    await page.unroute('**/api/atlas');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('combobox', { name: 'Search' }).waitFor();
    await context.close();
});

test('with the system\'s colours the legend keeps its own and the chosen sector is outlined', async () => {
    const { page, context } = await visit(browser, '/?colour=enterprise_count&sector=all', { before: (p) => p.emulateMedia({ forcedColors: 'active' }) });
    const steps = page.getByRole('group', { name: /^Show only a part/ }).getByRole('button');
    await steps.first().waitFor();
    const colours = await steps.evaluateAll((all) => all.map((step) => getComputedStyle(step).backgroundColor));
    expect(new Set(colours).size).toBe(colours.length);
    const outline = await page.getByRole('button', { name: 'All sectors' }).evaluate((button) => getComputedStyle(button).outlineStyle);
    expect(outline).toBe('solid');
    await context.close();
});

test('under official disclosure nothing is offered that the server refuses, and the page says so', async () => {
    const official = (page: Page): Promise<unknown> =>
        page.route('**/api/atlas', async (route) => {
            const answer = await route.fetch();
            const atlas = (await answer.json()) as World['atlas'];
            const has = { ...atlas.has, firms: false, recluster: false };
            await route.fulfill({ response: answer, json: { ...atlas, disclosure: 'official', has } });
        });
    const { page, context } = await visit(browser, '/?table=half', { before: official });
    await page.getByRole('heading', { name: 'My area' }).waitFor();
    for (const name of ['Draw an area', 'Draw', 'Circle', /^Tune/]) expect(await page.getByRole('button', { name, exact: true }).count(), String(name)).toBe(0);
    await page.getByText('– is withheld or not available').waitFor();
    await page.getByRole('link', { name: 'Data', exact: true }).click();
    await page.getByText('Official disclosure').first().waitFor();
    await context.close();
});

/** What a control shows of itself: the part of its middle line that nothing covers and no edge cuts off. */
const isReachable = (page: Page, selector: string): Promise<boolean> =>
    page.evaluate((what) => {
        const element = document.querySelector(what);
        if (!element) return false;
        const { left, right, top, bottom } = element.getBoundingClientRect();
        const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
        return hit !== null && (element.contains(hit) || hit.contains(element));
    }, selector);

test('in a window of 320 by 256 px, a desk at 400 %, the table shows its rows', async () => {
    const { page, context } = await visit(browser, '/?sector=all&table=full', { width: 320, height: 256 });
    await page.getByRole('rowheader').first().waitFor();
    // The frame keeps the height that it needs, and the page scrolls.
    await page.locator('tbody tr th a').first().scrollIntoViewIfNeeded();
    expect(await isReachable(page, 'tbody tr th a'), 'the first row is on screen').toBe(true);
    await context.close();
});

test('with text of twice the size nothing is cut off by the frame', async () => {
    const twice = (page: Page): Promise<unknown> => page.addInitScript(() => document.addEventListener('DOMContentLoaded', () => (document.documentElement.style.fontSize = '32px')));
    const { page, context } = await visit(browser, `/?cluster=${it.clusters[0]?.slug}`, { before: twice });
    await page.getByRole('complementary', { name: 'Profile' }).getByRole('heading', { level: 2 }).waitFor();
    const cut = await page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('.top *, .rail .row, .rail .name, .panel dt, .panel dd, .legend *')].flatMap((element) => {
            const box = element.getBoundingClientRect();
            if (box.width === 0 || !element.checkVisibility({ visibilityProperty: true }) || element.closest('.visually-hidden, svg')) return [];
            const frame = element.closest('.top, .rail, .panel, .legend')!.getBoundingClientRect();
            const isIn = box.left >= frame.left - 1 && box.right <= frame.right + 1 && (box.top >= frame.top - 1 || !element.closest('.top'));
            return isIn ? [] : [`${element.className} "${element.textContent?.trim().slice(0, 30)}" ${box.left}..${box.right} in ${frame.left}..${frame.right}`];
        }),
    );
    expect(cut).toEqual([]);
    await context.close();
});

test('on paper the table stands below the map, row by row', async () => {
    const { page, context } = await visit(browser, '/?sector=all&table=full');
    await mapReady(page);
    await page.emulateMedia({ media: 'print' });
    const map = await page.locator('.map').boundingBox();
    const rows = page.getByRole('rowheader');
    const [first, second] = [await rows.first().boundingBox(), await rows.nth(1).boundingBox()];
    expect(first?.y).toBeGreaterThan((map?.y ?? 0) + (map?.height ?? 0));
    expect(second?.y).toBeGreaterThanOrEqual((first?.y ?? 0) + (first?.height ?? 0));
    expect(await page.getByRole('button', { name: 'Close table' }).isVisible()).toBe(false);
    await page.setViewportSize({ width: 794, height: 1123 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth), 'as wide as A4').toBeLessThanOrEqual(794);
    await context.close();
});

test('a year of all sectors, where clusters of one name stand beside each other', async () => {
    const { page, context, faults } = await visit(browser, `/?sector=all&year=${it.atlas.years?.last ?? ''}`);
    await page.getByRole('region', { name: 'Time' }).getByRole('img').waitFor();
    expect(faults).toEqual([]);
    await context.close();
});

test.each(['bar', 'full'])('where no cluster fits, the way back is offered once, with the table %s', async (sheet) => {
    const { page, context } = await visit(browser, `/?sector=all&where=enterprise_count:999999..${sheet === 'bar' ? '' : `&table=${sheet}`}`);
    const all = page.getByRole('button', { name: 'Remove all filters' });
    await all.waitFor();
    expect(await all.count()).toBe(1);
    await all.click();
    await page.getByText(/clusters? (of|in) /).first().waitFor();
    await context.close();
});

test('an atlas without clusters says why and has no empty legend', async () => {
    const none = async (page: Page): Promise<void> => {
        await page.route('**/api/atlas', async (route) => {
            const answer = await route.fetch();
            const atlas = (await answer.json()) as World['atlas'];
            await route.fulfill({ response: answer, json: { ...atlas, counts: { ...atlas.counts, clusters: 0 }, default_sector: null, cluster_types: [], measures: [] } });
        });
        await page.route('**/api/clusters?*', async (route) => {
            const answer = await route.fetch();
            await route.fulfill({ response: answer, json: { ...(await answer.json()), clusters: [], number_matched: 0, number_returned: 0 } });
        });
    };
    const { page, context, faults } = await visit(browser, '/', { before: none });
    await page.getByText('This atlas has no cluster.').waitFor();
    expect(await page.getByRole('region', { name: 'Legend' }).count()).toBe(0);
    expect(faults).toEqual([]);
    await context.close();
});

test('a name without a place to break stays within its panel', async () => {
    const long = (page: Page): Promise<unknown> =>
        page.route('**/api/clusters/*', async (route) => {
            const answer = await route.fetch();
            await route.fulfill({ response: answer, json: { ...(await answer.json()), name: 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch' } });
        });
    const { page, context } = await visit(browser, `/?cluster=${it.clusters[0]?.slug}`, { before: long, width: 390, height: 844 });
    const heading = page.getByRole('complementary', { name: 'Profile' }).getByRole('heading', { level: 2 });
    await heading.waitFor();
    expect(await heading.evaluate((h) => h.scrollWidth - h.clientWidth)).toBeLessThanOrEqual(0);
    await context.close();
});
