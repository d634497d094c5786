// What narrows the view is told above the map, and goes by a press: one by one or all at once.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, visit, world, type World } from './world';

let browser: Browser;
let it: World;
beforeAll(async () => {
    [browser, it] = await Promise.all([launch(), world()]);
});
afterAll(() => browser?.close());

const shown = (page: Page) => page.getByRole('group', { name: 'What is shown' });
const chipOf = (page: Page, text: string) => shown(page).getByRole('button', { name: new RegExp(`^${text} ?: remove$`) });
const address = (page: Page): string => new URL(page.url()).search;

test('as it opens nothing is to be removed', async () => {
    const { page, context } = await visit(browser, '/');
    await shown(page).getByText(it.sector.name, { exact: true }).waitFor();
    expect(await shown(page).getByRole('button').count()).toBe(0);
    await context.close();
});

test('each filter of an address is a chip that takes it away, the sector and the year too', async () => {
    const year = it.atlas.years?.last;
    const other = it.sectors.find(({ slug, clusters }) => clusters > 0 && slug !== it.atlas.default_sector)!;
    const { page, context, faults } = await visit(browser, `/?sector=${other.slug}&type=specialised,diverse&where=enterprise_count:1..${year ? `&year=${year}` : ''}`);
    const chips = [`Sector: ${other.name}`, 'Specialised', 'Diverse', 'Enterprises: 1 or more', ...(year ? [`Year ${year}`] : [])];
    for (const text of chips) await chipOf(page, text).waitFor();
    for (const text of chips) {
        const chip = chipOf(page, text);
        await chip.click();
        await chip.waitFor({ state: 'detached' });
    }
    expect(await shown(page).getByRole('button').count()).toBe(0);
    expect(new URLSearchParams(address(page)).has('sector')).toBe(false);
    await shown(page).getByText(it.sector.name, { exact: true }).waitFor();
    expect(faults).toEqual([]);
    await context.close();
});

test('with a single filter there is a Reset, which leads to the view as it opens', async () => {
    const { page, context } = await visit(browser, '/?sector=all');
    await chipOf(page, 'Sector: all').waitFor();
    await shown(page).getByRole('button', { name: 'Reset', exact: true }).click();
    await shown(page).getByText(it.sector.name, { exact: true }).waitFor();
    expect(await shown(page).getByRole('button').count()).toBe(0);
    await page.goBack();
    await shown(page).getByText('All sectors', { exact: true }).waitFor();
    await context.close();
});

test('the bars of a filter have their table and their file, which add up to the clusters there are', async () => {
    const { page, context, faults } = await visit(browser, '/', { height: 1400 });
    const title = 'clusters by Enterprises';
    await page.getByRole('button', { name: `Table: ${title}` }).click();
    const rows = page.getByRole('region', { name: `Table: ${title}` }).getByRole('row');
    const counts = (await rows.evaluateAll((all) => all.slice(1).map((row) => Number(row.lastElementChild!.textContent)))) as number[];
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(it.sector.clusters);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: `Download: ${title}, CSV` }).click()]);
    expect(download.suggestedFilename()).toMatch(/clusters-by-enterprise_count\.csv$/);
    expect(faults).toEqual([]);
    await context.close();
});
