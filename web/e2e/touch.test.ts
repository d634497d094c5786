// A phone in the hand: the sheet over the map, fingers on both, and room for them.
import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { settled, unnamedRings, type Holder } from './on_map';
import { launch, mapReady, visit, world, type Visit, type World } from './world';

let browser: Browser;
let it: World;
beforeAll(async () => {
    [browser, it] = await Promise.all([launch(), world()]);
});
afterAll(() => browser?.close());

const PHONE = { width: 390, height: 844, hasTouch: true } as const;
const phone = async (path: string, width: number = PHONE.width): Promise<Visit> => {
    const made = await visit(browser, path, { ...PHONE, width });
    await mapReady(made.page);
    return made;
};

interface Finger {
    x: number;
    y: number;
}
const send = (cdp: CDPSession, type: 'touchStart' | 'touchMove' | 'touchEnd', fingers: Finger[]): Promise<unknown> =>
    cdp.send('Input.dispatchTouchEvent', { type, touchPoints: fingers.map((finger, id) => ({ ...finger, id })) });

/** Fingers go along straight lines together, slowly enough to be no flick, and rest before they let go. */
async function glide(page: Page, from: Finger[], to: Finger[]): Promise<void> {
    const cdp = await page.context().newCDPSession(page);
    const STEPS = 12;
    await send(cdp, 'touchStart', from);
    for (let i = 1; i <= STEPS; ++i) {
        await send(cdp, 'touchMove', from.map(({ x, y }, f) => ({ x: x + ((to[f]!.x - x) * i) / STEPS, y: y + ((to[f]!.y - y) * i) / STEPS })));
        await page.waitForTimeout(20);
    }
    await page.waitForTimeout(150);
    await send(cdp, 'touchEnd', []);
}

const zoomOf = (page: Page): Promise<number> => page.evaluate(() => document.querySelector<Holder>('.canvas')!.map!.getZoom());
const centreOf = (page: Page): Promise<{ lng: number; lat: number }> =>
    page.evaluate(() => {
        const { lng, lat } = document.querySelector<Holder>('.canvas')!.map!.getCenter();
        return { lng, lat };
    });
const project = (page: Page, at: [number, number]): Promise<Finger> =>
    page.evaluate((lonLat) => {
        const { x, y } = document.querySelector<Holder>('.canvas')!.map!.project(lonLat);
        return { x, y };
    }, at);

/** Where the top edge of the sheet is, and the window's lower part it takes. */
const head = async (page: Page): Promise<{ x: number; y: number }> => {
    const box = (await page.locator('.bottom').boundingBox())!;
    return { x: box.x + 40, y: box.y + 12 };
};
const heightOf = (page: Page): Promise<string | null> => page.locator('.app').getAttribute('data-bottom');
const panel = (page: Page) => page.getByRole('complementary', { name: 'Profile' });

test('a tap on a cluster opens its profile over half the map, with the cluster in the half that is left', async () => {
    const cluster = it.clusters[0]!;
    const { page, context, faults } = await phone(`/?sector=${it.sector.slug}&at=9/${cluster.label[1]}/${cluster.label[0]}`);
    const canvas = (await page.locator('.canvas').boundingBox())!;
    await page.touchscreen.tap(canvas.x + canvas.width / 2, canvas.y + canvas.height / 2);
    const list = page.getByRole('region', { name: 'Clusters here' });
    await list.or(panel(page)).first().waitFor();
    if (await list.isVisible()) await list.getByRole('button', { name: new RegExp(`^${cluster.name}`) }).first().tap();
    await panel(page).getByRole('heading', { level: 2, name: cluster.name }).waitFor();
    expect(await heightOf(page)).toBe('half');
    await expect
        .poll(async () => {
            const { x, y } = await project(page, cluster.label as [number, number]);
            return x > 0 && x < canvas.width && y > 0 && canvas.y + y < (await page.locator('.bottom').boundingBox())!.y;
        })
        .toBe(true);
    await page.keyboard.press('Escape');
    await panel(page).waitFor({ state: 'detached' });
    expect(await heightOf(page)).toBe('bar');
    expect(faults).toEqual([]);
    await context.close();
});

test('the sheet is dragged by a finger from its bar to half, to full and down again, and the map stays where it is', async () => {
    const { page, context, faults } = await phone('/');
    await page.getByRole('navigation', { name: 'Parts of the page' }).getByRole('button', { name: 'Explore' }).tap();
    expect(await heightOf(page)).toBe('half');
    await page.getByRole('button', { name: 'Lower the sheet' }).tap();
    const before = await centreOf(page);
    for (const [to, height] of [[430, 'half'], [110, 'full'], [440, 'half'], [800, 'bar']] as const) {
        const from = await head(page);
        await glide(page, [from], [{ x: from.x, y: to }]);
        await expect.poll(() => heightOf(page), { message: `dragged to ${to}` }).toBe(height);
        expect(await page.getByRole('heading', { name: 'Sector', exact: true }).isVisible()).toBe(height !== 'bar');
    }
    const after = await centreOf(page);
    expect(Math.abs(after.lat - before.lat) + Math.abs(after.lng - before.lng)).toBeLessThan(0.01);
    expect(faults).toEqual([]);
    await context.close();
});

test('the mouse drags the sheet, arrow keys and buttons raise and lower it, and the table keeps its height in the address', async () => {
    const { page, context } = await visit(browser, '/', { width: 390, height: 844 });
    await mapReady(page);
    const from = await head(page);
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x, 420, { steps: 10 });
    await page.waitForTimeout(150);
    await page.mouse.up();
    await expect.poll(() => heightOf(page)).toBe('half');
    const table = page.getByRole('navigation', { name: 'Parts of the page' }).getByRole('button', { name: 'Table', exact: true });
    await table.click();
    await page.getByRole('rowheader').first().waitFor();
    expect(new URL(page.url()).searchParams.get('table')).toBe('half');
    await table.press('ArrowUp');
    expect(await heightOf(page)).toBe('full');
    expect(new URL(page.url()).searchParams.get('table')).toBe('full');
    await page.getByRole('button', { name: 'Lower the sheet' }).click();
    expect(await heightOf(page)).toBe('half');
    await table.press('ArrowDown');
    expect(await heightOf(page)).toBe('bar');
    expect(await page.getByRole('rowheader').first().isVisible()).toBe(false);
    await context.close();
});

test('two fingers zoom the map and one moves it', async () => {
    const { page, context } = await phone('/');
    const zoom = await zoomOf(page);
    await glide(page, [{ x: 180, y: 400 }, { x: 210, y: 430 }], [{ x: 90, y: 310 }, { x: 300, y: 520 }]);
    await expect.poll(() => zoomOf(page)).toBeGreaterThan(zoom + 0.5);
    const before = await centreOf(page);
    await glide(page, [{ x: 200, y: 450 }], [{ x: 120, y: 450 }]);
    await expect.poll(async () => (await centreOf(page)).lng).toBeGreaterThan(before.lng);
    await context.close();
});

test.each([360, 390])('on a window of %i px everything that is pressed is 44 px large', async (width) => {
    const { page, context } = await phone(`/?sector=all&type=specialised&where=enterprise_count:1..&circle=${it.clusters[0]!.label.join(',')},15`, width);
    const parts = page.getByRole('navigation', { name: 'Parts of the page' });
    for (const part of [null, 'Explore'] as const) {
        if (part) await parts.getByRole('button', { name: part }).tap();
        const small = await page.evaluate(() =>
            [...document.querySelectorAll<HTMLElement>('.top, .middle, .rail, .bottom')]
                .flatMap((root) => [...root.querySelectorAll<HTMLElement>('button, a, select, summary, input:not([type="checkbox"], [type="range"]), label:has(input[type="checkbox"])')])
                .filter((element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !element.closest('.in-view, .skip'))
                .flatMap((element) => {
                    const { width: w, height: h } = element.getBoundingClientRect();
                    return Math.round(w) >= 44 && Math.round(h) >= 44 ? [] : [`${element.tagName} "${element.ariaLabel ?? element.textContent?.trim().slice(0, 30) ?? ''}" ${w.toFixed(0)} × ${h.toFixed(0)}`];
                }),
        );
        expect(small, part ?? 'the map').toEqual([]);
    }
    await context.close();
});

test.each(['one', 'all'])('on a phone the largest three rings of the country have their names (%s)', async (sectors) => {
    const largest = [...it.sectors].sort((a, b) => b.clusters - a.clusters)[0]!;
    const { page, context, faults } = await phone(`/?sector=${sectors === 'all' ? 'all' : largest.slug}`);
    await settled(page);
    await expect.poll(() => unnamedRings(page, 3)).toEqual([]);
    expect(faults).toEqual([]);
    await context.close();
});

test.each([390, 360])('on a phone of %i px the folded legend lies over no cluster as the map opens', async (width) => {
    const { page, context, faults } = await phone('/', width);
    const legend = (await page.getByRole('region', { name: 'Legend' }).boundingBox())!;
    const lowest = await page.evaluate(
        (labels) => {
            const holder = document.querySelector<Holder>('.canvas')!;
            return holder.getBoundingClientRect().top + Math.max(...labels.map(([lon, lat]) => holder.map!.project([lon!, lat!]).y));
        },
        it.clusters.map(({ label }) => label),
    );
    expect(lowest).toBeLessThan(legend.y);
    expect(faults).toEqual([]);
    await context.close();
});

test.for([390, 360])('on a phone of %i px the own settings lie low: every cluster of the country is in sight above them, and follows the hand', async (width, here) => {
    if (!it.atlas.has.recluster) return here.skip();
    const { page, context, faults } = await phone('/?tune=1000,10', width);
    const card = page.getByRole('region', { name: 'Your own settings' });
    await expect.poll(() => card.getByRole('status').textContent()).toMatch(/published/);
    const { y: top, height } = (await card.boundingBox())!;
    expect(height).toBeLessThan(PHONE.height / 3);
    await expect
        .poll(() =>
            page.evaluate(
                ([labels, cardTop]) => {
                    const holder = document.querySelector<Holder>('.canvas')!;
                    const above = holder.getBoundingClientRect().top;
                    return Math.max(...labels.map(([lon, lat]) => above + holder.map!.project([lon!, lat!]).y)) < cardTop;
                },
                [it.clusters.map(({ label }) => label), top] as const,
            ),
        )
        .toBe(true);
    const before = await card.getByRole('status').textContent();
    await card.getByRole('slider').first().fill('6000');
    await expect.poll(() => card.getByRole('status').textContent()).not.toBe(before);
    expect(faults).toEqual([]);
    await context.close();
});

test('on a phone a short filter is told whole', async (here) => {
    const year = it.atlas.years?.last;
    if (!year) return here.skip();
    const { page, context } = await phone(`/?year=${year}`);
    const text = page.getByRole('group', { name: 'What is shown' }).getByText(`Year ${year}`, { exact: true });
    await text.waitFor();
    expect(await text.evaluate((element) => element.scrollWidth <= element.clientWidth || getComputedStyle(element).display === 'inline')).toBe(true);
    const chip = page.getByRole('group', { name: 'What is shown' }).getByRole('button', { name: `Year ${year}` });
    expect((await chip.boundingBox())!.width).toBeGreaterThan(100);
    await context.close();
});
