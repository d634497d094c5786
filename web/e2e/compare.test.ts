// A comparison is made where it is read: by looking for clusters and areas, with the keyboard alone.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Areas } from '../src/api/types';
import { ask, base, launch, visit, world, type World } from './world';

let browser: Browser;
let it: World;
beforeAll(async () => {
    [browser, it] = await Promise.all([launch(), world()]);
});
afterAll(() => browser?.close());

test('from nothing, clusters and areas are looked for and added by keys, each once, up to ten', async () => {
    const { page, context, faults } = await visit(browser, '/compare');
    const box = page.getByRole('combobox', { name: 'Add to the comparison' });
    await box.focus();
    const chosen = (): string[] => (new URL(page.url()).searchParams.get('compare') ?? '').split(',').filter(Boolean);
    const { sector, name, slug } = it.clusters[0]!;
    const add = async (words: string): Promise<void> => {
        await page.keyboard.type(words);
        await page.getByRole('option').first().waitFor();
        await page.keyboard.press('Enter');
        await expect.poll(() => box.inputValue()).toBe('');
        expect(await box.evaluate((element) => element === document.activeElement)).toBe(true);
    };
    await add(`${name} ${sector.name}`);
    await expect.poll(chosen).toEqual([slug]);
    await page.getByText(`${name} added: 1 of at most 10.`).waitFor();
    await add(`${name} ${sector.name}`);
    await page.getByText(`${name} is here already.`).waitFor();
    expect(chosen()).toEqual([slug]);
    if (it.atlas.has.areas) {
        const { areas } = await ask<Areas>('/api/areas');
        const area = areas.filter(({ sites }) => sites > 0).find(({ name: own }) => !it.clusters.some((cluster) => cluster.name.includes(own)))!;
        await page.keyboard.type(area.name);
        await page.getByRole('option', { name: 'Area' }).first().click();
        await expect.poll(chosen).toHaveLength(2);
        expect(chosen()[1]).toMatch(/^area:/);
        await page.getByRole('columnheader', { name: area.name }).first().waitFor();
    }
    expect(faults).toEqual([]);
    await context.close();
});

test('where ten are compared the box gives way to why', async (here) => {
    const { areas } = await ask<Areas>('/api/areas');
    const keys = [...it.clusters.map(({ slug }) => slug), ...areas.map(({ code }) => `area:${code}`)].slice(0, 10);
    if (keys.length < 10) return here.skip();
    const { page, context, faults } = await visit(browser, `/compare?compare=${keys.join(',')}`);
    await page.getByText('no more fit').waitFor();
    expect(await page.getByRole('combobox', { name: 'Add to the comparison' }).count()).toBe(0);
    expect(faults).toEqual([]);
    await context.close();
});

test('on a phone of 360 px the bar stays as high with the number of those compared', async () => {
    const slugs = it.clusters.slice(0, 10).map(({ slug }) => slug);
    const { page, context, faults } = await visit(browser, '/compare', { width: 360, height: 740, hasTouch: true });
    const high = async (): Promise<number> => (await page.getByRole('banner').boundingBox())!.height;
    await page.getByRole('link', { name: 'Compare', exact: true }).waitFor();
    const before = await high();
    await page.goto(`${base}/compare?compare=${slugs.join(',')}`);
    await page.getByRole('link', { name: `Compare (${slugs.length})` }).waitFor();
    expect(await high()).toBe(before);
    expect(faults).toEqual([]);
    await context.close();
});
