// axe-core on every view, light and dark, at desk width and at 360 px.
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch, mapReady, visit, world, type World } from './world';

let browser: Browser;
let it: World;
beforeAll(async () => {
    [browser, it] = await Promise.all([launch(), world()]);
});
afterAll(() => browser?.close());

interface View {
    name: string;
    path: (w: World) => string;
    hasMap: boolean;
    tab?: string;
}

const slug = (w: World): string => w.clusters[0]?.slug ?? '';
const VIEWS: View[] = [
    { name: 'the map', path: () => '/', hasMap: true },
    { name: 'a profile', path: (w) => `/?cluster=${slug(w)}`, hasMap: true, tab: 'Profile' },
    { name: 'the table', path: () => '/?sector=all&table=full', hasMap: true, tab: 'Table' },
    { name: 'the filters', path: () => '/?colour=enterprise_count&type=specialised', hasMap: true, tab: 'Explore' },
    { name: 'a full profile', path: (w) => `/clusters/${slug(w)}`, hasMap: false },
    { name: 'a comparison', path: (w) => `/compare?compare=${w.clusters.slice(0, 3).map((c) => c.slug).join(',')}`, hasMap: false },
    { name: 'the methods', path: () => '/methods', hasMap: false },
    { name: 'the data', path: () => '/data', hasMap: false },
    { name: 'a cluster that is not there', path: () => '/?cluster=no-such-cluster', hasMap: true, tab: 'Profile' },
    { name: 'the embedded map', path: () => '/?embed=1', hasMap: true },
];

/** Each theme's colours on the page that is there: loading it twice would only draw the map again. */
async function violations(page: Page): Promise<string[]> {
    const found: string[] = [];
    for (const theme of ['light', 'dark'] as const) {
        const here = await page.evaluate(async (name) => {
            document.documentElement.dataset['theme'] = name;
            const tool = (window as unknown as { axe: typeof axe }).axe;
            const result = await tool.run(document, {
                runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
            });
            return result.violations.map(
                (v) => `${v.id}: ${v.nodes.map((n) => `${n.target.join(' ')} ${n.failureSummary ?? ''}`).slice(0, 3).join(' | ')}`,
            );
        }, theme);
        found.push(...here.map((text) => `${theme}: ${text}`));
    }
    return found;
}

describe.each([1440, 360])('%i px wide, light and dark', (width) => {
    test.each(VIEWS)('$name has nothing that keeps people out', async ({ path, hasMap, tab }) => {
        const { page, context } = await visit(browser, path(it), { width, height: width < 700 ? 780 : 900 });
        try {
            if (hasMap) await mapReady(page);
            if (tab && width < 700) await page.getByRole('navigation', { name: 'Parts of the page' }).getByText(tab).click();
            await page.waitForLoadState('networkidle');
            await page.evaluate(axe.source);
            const found = await violations(page);
            expect(found).toEqual([]);
            const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
            expect(overflow, 'the page scrolls sideways').toBeLessThanOrEqual(0);
        } finally {
            await context.close();
        }
    });
});
