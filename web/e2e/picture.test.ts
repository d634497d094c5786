// The picture to take away: what is in sight, as large as the map has room, while the reader's map stays where it is.
import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { settled, type Holder } from './on_map';
import { launch, mapReady, visit } from './world';

let browser: Browser;
beforeAll(async () => {
    browser = await launch();
});
afterAll(() => browser?.close());

test('a picture taken behind a half-open table looks nearer, is sharp, and leaves map and address as they were', async () => {
    const { page, context, faults } = await visit(browser, '/?table=half');
    await mapReady(page);
    await settled(page);
    const look = () =>
        page.evaluate(() => {
            const map = document.querySelector<Holder>('.canvas')!.map!;
            return { zoom: map.getZoom(), lat: map.getCenter().lat, lon: map.getCenter().lng };
        });
    const before = { ...(await look()), address: page.url() };
    await page.evaluate(() => {
        const map = document.querySelector<Holder>('.canvas')!.map!;
        Object.assign(window, { nearest: map.getZoom() });
        map.on('move', () => Object.assign(window, { nearest: Math.max(Number(Reflect.get(window, 'nearest')), map.getZoom()) }));
    });
    await page.getByRole('button', { name: 'Share' }).first().click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Picture (PNG)' }).click()]);
    await page.getByText('The picture is in your downloads.').waitFor();
    const png = await readFile(await download.path());
    const mapWidth = await page.evaluate(() => document.querySelector('.canvas')!.clientWidth);
    expect(png.readUInt32BE(16)).toBe(2 * mapWidth);
    const after = await look();
    expect(after.zoom).toBeCloseTo(before.zoom, 6);
    expect(after.lat).toBeCloseTo(before.lat, 6);
    expect(after.lon).toBeCloseTo(before.lon, 6);
    expect(page.url()).toBe(before.address);
    expect(await page.evaluate(() => Number(Reflect.get(window, 'nearest')))).toBeGreaterThan(before.zoom + 0.3);
    expect(await page.locator('.still').count()).toBe(0);
    expect(faults).toEqual([]);
    await context.close();
});
