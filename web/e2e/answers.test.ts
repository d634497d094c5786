// An answer stands under the question that it answers, and under no other.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Areas } from '../src/api/types';
import { ask, base, launch, mapReady, visit, world, type World } from './world';

let browser: Browser;
let it: World;
beforeAll(async () => {
    [browser, it] = await Promise.all([launch(), world()]);
});
afterAll(() => browser?.close());

const busy = (page: Page, url: string): Promise<unknown> =>
    page.route(url, (route) => route.fulfill({ status: 503, contentType: 'application/problem+json', body: JSON.stringify({ type: 'about:blank', title: 'Service Unavailable', status: 503, detail: 'The server is counting places for others.' }) }));
const panel = (page: Page) => page.getByRole('complementary', { name: 'Profile' });
const chips = (page: Page) => page.getByRole('group', { name: 'What is shown' });
type Holder = HTMLElement & { map?: { getCenter(): { lng: number; lat: number } } };
const centre = (page: Page): Promise<[number, number]> =>
    page.locator('.canvas').evaluate((holder: Holder) => [holder.map!.getCenter().lng, holder.map!.getCenter().lat]);

test('of two areas chosen one after the other the second is in sight', async () => {
    const { areas } = await ask<Areas>('/api/areas');
    const apart = areas.filter(({ sites }) => sites > 0).flatMap((a) =>
        areas.filter((b) => b.sites > 0 && (b.bbox[0]! > a.bbox[2]! || b.bbox[1]! > a.bbox[3]!)).map((b) => [a, b] as const));
    const [first, second] = apart[0]!;
    const { page, context } = await visit(browser, '/');
    await mapReady(page);
    const choose = page.getByRole('combobox', { name: 'An area by name' });
    for (const area of [first, second]) {
        await choose.selectOption(area.code);
        await panel(page).getByRole('heading', { name: area.name, exact: true }).waitFor();
        const [west = 0, south = 0, east = 0, north = 0] = area.bbox;
        await expect.poll(async () => {
            const [lon, lat] = await centre(page);
            return lon > west - 0.2 && lon < east + 0.2 && lat > south - 0.2 && lat < north + 0.2;
        }, { timeout: 10_000 }).toBe(true);
    }
    await context.close();
});

test('a postcode that is not there is to be spelled otherwise; it had no other name before', async () => {
    const { page, context } = await visit(browser, '/?near=ZZ99%209ZZ');
    const alert = panel(page).getByRole('alert');
    await alert.getByText('Check its spelling').waitFor();
    expect(await alert.textContent()).not.toContain('another name');
    await page.goto(`${base}/?cluster=no-such-cluster`);
    await alert.getByText('another name in an earlier atlas').waitFor();
    await context.close();
});

test('a circle that cannot be counted shows neither the totals nor the clusters of another', async () => {
    const [lon, lat] = it.clusters[0]!.label;
    const { page, context } = await visit(browser, `/?circle=${lon},${lat},5`);
    await panel(page).getByRole('heading', { name: 'Within 5.0 km' }).waitFor();
    await busy(page, '**/api/selection');
    await page.getByRole('slider', { name: /^Radius/ }).fill('30');
    await panel(page).getByRole('alert').getByText('counting places for others').waitFor();
    expect(await panel(page).getByRole('heading', { name: /^Within/ }).count()).toBe(0);
    await page.getByText('No answer about the clusters inside').first().waitFor();
    await page.unroute('**/api/selection');
    await panel(page).getByRole('button', { name: 'Try again' }).click();
    await panel(page).getByRole('heading', { name: 'Within 30 km' }).waitFor();
    await page.getByText(/^\d+ clusters?[, ]/).first().waitFor();
    await context.close();
});

test('a year that cannot be answered for changes no count and is not said to', async () => {
    const year = it.atlas.years!.first;
    const { page, context } = await visit(browser, `/?year=${year}`, { before: (p) => busy(p, '**/api/timeline?*') });
    await page.getByText(/clusters? (of|in) /).first().waitFor();
    expect(await page.getByText(new RegExp(`in ${year}`)).count()).toBe(0);
    await context.close();
});

test('a server that has too much to do is not called out of reach', async () => {
    const { page, context } = await visit(browser, `/?sector=${it.sector.slug}`);
    await page.getByText(/clusters? (of|in) /).first().waitFor();
    await busy(page, '**/api/clusters?*');
    await page.getByRole('button', { name: 'All sectors' }).click();
    await page.getByText('(last answer)').first().waitFor();
    expect(await page.getByText('cannot be reached').count()).toBe(0);
    await context.close();
});

/** A firm whose number has letters: outside England and Wales most have. */
async function firmWithLetters(): Promise<{ company_number: string; name: string }> {
    for (const { slug } of it.clusters) {
        const { members } = await ask<{ members: { company_number: string; name: string }[] }>(`/api/clusters/${slug}/members`);
        const firm = members.find(({ company_number: number }) => /[A-Z]/.test(number));
        if (firm) return firm;
    }
    throw new Error('No member of these clusters has letters in its number.');
}

test('a firm by its number in small letters, and a cluster by its id, open as well', async () => {
    const { name, cluster_id: id } = it.clusters[0]!;
    const firm = await firmWithLetters();
    const { page, context } = await visit(browser, `/?firm=${firm.company_number.toLowerCase()}`);
    await panel(page).getByRole('heading', { name: firm.name, exact: true }).waitFor();
    await page.goto(new URL(`/?cluster=${id}`, page.url()).href);
    await panel(page).getByRole('heading', { name, exact: true }).waitFor();
    await page.waitForFunction((title) => document.title.startsWith(title), `${name}, `);
    await context.close();
});

test('each of those compared is asked for once', async () => {
    const slugs = (await ask<{ clusters: { slug: string }[] }>('/api/clusters?limit=4')).clusters.map((c) => c.slug);
    const asked: string[] = [];
    const { page, context } = await visit(browser, `/compare?compare=${slugs.join(',')}`, {
        // One after the other, so that each answer finds others on their way.
        before: (p) => p.route('**/api/clusters/*', async (route) => {
            const { pathname } = new URL(route.request().url());
            asked.push(pathname);
            await new Promise((resolve) => setTimeout(resolve, 100 * slugs.findIndex((slug) => pathname.endsWith(slug))));
            await route.continue().catch(() => undefined);
        }),
    });
    await page.getByRole('region', { name: 'Comparison of clusters' }).getByRole('columnheader').nth(slugs.length - 1).waitFor();
    expect(asked.sort()).toEqual(slugs.map((slug) => `/api/clusters/${slug}`).sort());
    await context.close();
});

test('what is offered where no cluster fits counts those inside the place alone', async () => {
    const { clusters } = await ask<{ clusters: World['clusters'] }>('/api/clusters?limit=20000');
    const selected = async ([lon, lat]: number[]) =>
        (await (await fetch(new URL('/api/selection', process.env['ICMAP_URL']), { method: 'POST', body: JSON.stringify({ circle: { lon, lat, radius_m: 3000 } }) })).json()) as { cluster_ids: number[] };
    // In the middle of a large town there may be clusters of all types.
    let [inside, absent, at] = [clusters, undefined as string | undefined, [] as number[]];
    for (const { label } of clusters) {
        const ids = new Set((await selected(label)).cluster_ids);
        [inside, at] = [clusters.filter(({ cluster_id: id }) => ids.has(id)), label];
        absent = it.atlas.cluster_types.find((type) => inside.every((c) => c.type !== type));
        if (absent) break;
    }
    expect(inside.length).toBeLessThan(clusters.length);
    expect(inside.length).toBeGreaterThan(0);
    const { page, context } = await visit(browser, `/?sector=all&type=${absent}&circle=${at.join(',')},3`);
    await page.getByRole('button', { name: `${inside.length} of any type`, exact: true }).waitFor();
    await context.close();
});

test('Back takes back a cut of the list', async () => {
    const { page, context } = await visit(browser, `/?sector=all`);
    await mapReady(page);
    const low = page.getByRole('slider', { name: 'Enterprises, at least', exact: true });
    await low.focus();
    await page.keyboard.press('ArrowRight');
    const cut = chips(page).getByRole('button', { name: /^Enterprises: / });
    await cut.waitFor();
    await page.goBack();
    await cut.waitFor({ state: 'detached' });
    expect(new URL(page.url()).pathname).toBe('/');
    await context.close();
});

test('Enter opens what was asked for last, not what an earlier answer lists', async () => {
    const two = [...new Map(it.clusters.map((c) => [c.name, c])).values()].slice(0, 2);
    const { page, context } = await visit(browser, '/');
    const box = page.getByRole('combobox', { name: 'Search' });
    await box.fill(two[0]!.name);
    await page.getByRole('option').first().waitFor();
    await page.route('**/api/search?*', async (route) => {
        await new Promise((resolve) => setTimeout(resolve, 400));
        await route.continue();
    });
    await box.fill(two[1]!.name);
    await box.press('Enter');
    const first = (await ask<{ hits: { label: string }[] }>(`/api/search?q=${encodeURIComponent(two[1]!.name)}`)).hits[0]!;
    await page.waitForFunction((label) => document.querySelector<HTMLInputElement>('.search input')?.value === label, first.label);
    await panel(page).getByRole('heading').first().waitFor();
    expect(page.url()).not.toContain(two[0]!.slug);
    await context.close();
});
