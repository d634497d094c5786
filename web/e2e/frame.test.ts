// What holds for the page as a whole: its weight, its first load, less motion, print, and the state in the address.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { base, launch, mapReady, visit, world, type World } from './world';

let browser: Browser;
let it: World;
beforeAll(async () => {
    [browser, it] = await Promise.all([launch(), world()]);
});
afterAll(() => browser?.close());

const LARGEST_GZIP_BYTES = 150_000;

test('our own JavaScript is under 150 kB, compressed', () => {
    const assets = fileURLToPath(new URL('../../build/web/assets/', import.meta.url));
    const own = readdirSync(assets).filter((name) => name.endsWith('.js') && !/^(maplibre|temml)/.test(name));
    expect(own.length).toBeGreaterThan(0);
    const bytes = own.reduce((sum, name) => sum + gzipSync(readFileSync(assets + name)).length, 0);
    expect(bytes).toBeLessThan(LARGEST_GZIP_BYTES);
});

test('the map asks for none of what the methods page alone needs', async () => {
    const { page, context } = await visit(browser, '/');
    await mapReady(page);
    const scripts = await page.evaluate(() => performance.getEntriesByType('resource').map((entry) => entry.name).filter((name) => name.endsWith('.js')));
    expect(scripts.length).toBeGreaterThan(0);
    expect(scripts.filter((name) => /temml|Methods/.test(name))).toEqual([]);
    await context.close();
});

test('text, search and the list of clusters are there before the map is', async () => {
    const { page, context, faults } = await visit(browser, '/');
    await page.getByText(/clusters? of /).first().waitFor();
    const isDrawnFirst = await page.evaluate(() => document.querySelector('.canvas')?.getAttribute('data-ready') === 'true');
    expect(isDrawnFirst, 'the map was drawn before the list was there').toBe(false);
    await page.getByRole('combobox', { name: 'Search' }).waitFor();
    expect(faults).toEqual([]);
    await context.close();
});

test.each(['light', 'dark'] as const)('what waits for the first map comes after it: shadows, thumbnails and histograms, in the %s theme', async (theme) => {
    const { page, context, faults } = await visit(browser, '/', { theme });
    await mapReady(page);
    const blurred = (selector: string): Promise<boolean> =>
        page.evaluate((name) => /[1-9]\d*px/.test(getComputedStyle(document.querySelector(name)!).boxShadow), selector);
    expect(await blurred('.middle .floating')).toBe(true);
    expect(await blurred('.middle .sheet')).toBe(true);
    await expect.poll(() => page.locator('.rail svg rect').count()).toBeGreaterThan(0);
    await expect.poll(() => page.locator('.rail .skeleton').count()).toBe(0);
    expect(faults).toEqual([]);
    await context.close();
});

test('the scale stands as far from the edge of the map as what else lies over it, and example data are called so once', async () => {
    const { page, context, faults } = await visit(browser, '/');
    await mapReady(page);
    const right = async (selector: string): Promise<number> => {
        const { x, width } = (await page.locator(selector).first().boundingBox())!;
        return Math.round(x + width);
    };
    expect(await right('.maplibregl-ctrl-scale')).toBe(await right('.tools'));
    const credit = await page.locator('.credit').textContent();
    expect(credit).toContain('Natural Earth');
    expect(credit!.split('Example data').length - 1).toBe(it.atlas.is_example ? 1 : 0);
    expect(faults).toEqual([]);
    await context.close();
});

test('with reduced motion nothing slides or shimmers', async () => {
    const { page, context } = await visit(browser, `/clusters/${it.clusters[0]?.slug}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    const moving = await page.evaluate(() =>
        document.getAnimations().filter((a) => a.playState === 'running' && Number(a.effect?.getComputedTiming().duration ?? 0) > 0).length,
    );
    expect(moving).toBe(0);
    await context.close();
});

test('print carries title, date, sources, address and a code of the address', async () => {
    const { page, context } = await visit(browser, `/clusters/${it.clusters[0]?.slug}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    await page.getByRole('img', { name: 'The same page, as a code to scan' }).waitFor();
    await page.getByText(`${base}/clusters/${it.clusters[0]?.slug}`).waitFor();
    expect(await page.getByText(/^.*Sources: /).count()).toBeGreaterThan(0);
    expect(await page.getByRole('banner').isVisible()).toBe(false);
    await context.close();
});

test('paper is light, also from a dark screen', async () => {
    const { page, context } = await visit(browser, '/', { theme: 'dark' });
    const paper = (): Promise<string> => page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--paper'));
    const onScreen = await paper();
    await page.emulateMedia({ media: 'print' });
    expect(await paper()).not.toBe(onScreen);
    await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'light'));
    const light = await paper();
    await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'dark'));
    expect(await paper()).toBe(light);
    await context.close();
});

test('back and forward go through what was looked at', async () => {
    const { page, context } = await visit(browser, '/?sector=all&table=full');
    const link = page.getByRole('table').getByRole('rowheader').getByRole('link').first();
    const name = (await link.textContent()) ?? '';
    await link.click();
    const heading = page.getByRole('complementary', { name: 'Profile' }).getByRole('heading', { name, level: 2 });
    await heading.waitFor();
    await page.goBack();
    await heading.waitFor({ state: 'detached' });
    await page.goForward();
    await heading.waitFor();
    await context.close();
});

test('the legend of a figure cuts the list by a drag over its classes', async () => {
    const { page, context } = await visit(browser, '/?sector=all&colour=enterprise_count');
    await mapReady(page);
    const steps = page.getByRole('group', { name: /^Show only a part/ }).getByRole('button');
    const count = await steps.count();
    expect(count).toBeGreaterThan(1);
    const [from, to] = [await steps.nth(count - 2).boundingBox(), await steps.nth(count - 1).boundingBox()];
    if (!from || !to) throw new Error('The legend has no classes on screen.');
    await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await page.mouse.down();
    await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 4 });
    await page.mouse.up();
    if (count > 2) await page.getByRole('group', { name: 'What is shown' }).getByRole('button', { name: /^Enterprises: .* or more/ }).waitFor();
    expect(await steps.count(), 'the legend keeps its classes').toBe(count);
    await context.close();
});

test.each([360, 390])('every control of the map lies within a window of %i px', async (width) => {
    const paths = ['/', '/?colour=enterprise_count&layers=firms,institutions,published', '/?tune=1000,10', `/?year=${it.atlas.years?.last ?? ''}`, '/?embed=1'];
    for (const path of paths) {
        const { page, context } = await visit(browser, path, { width, height: 844 });
        await mapReady(page);
        const outside = await page.evaluate(() =>
            [...document.querySelectorAll<HTMLElement>('button, a, select, input, textarea, summary, .legend')].flatMap((element) => {
                const box = element.getBoundingClientRect();
                // What shows only when it has the focus, or lies in a part that is closed, is not on the screen.
                const isShown = box.width > 0 && element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !element.closest('.skip, .in-view');
                const isIn = box.left >= -0.5 && box.right <= innerWidth + 0.5 && box.top >= -0.5 && box.bottom <= innerHeight + 0.5;
                return isShown && !isIn ? [`${element.tagName} "${element.ariaLabel ?? element.textContent?.trim() ?? ''}" ${Math.round(box.left)}..${Math.round(box.right)}, ${Math.round(box.top)}..${Math.round(box.bottom)}`] : [];
            }),
        );
        expect(outside, path).toEqual([]);
        await context.close();
    }
});
