// axe-core on every view and state, light and dark, at desk width, at 360 px, and at 320 px: a desk zoomed to 400 %.
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Area, Areas, Members } from '../src/api/types';
import { ask, launch, mapReady, visit, world, type World } from './world';

let browser: Browser;
let it: World;
let area: Area | undefined;
let firm: string | undefined;
beforeAll(async () => {
    [browser, it] = await Promise.all([launch(), world()]);
    const { areas } = await ask<Areas>('/api/areas');
    area = areas.sort((a, b) => b.clusters - a.clusters)[0];
    firm = (await ask<Members>(`/api/clusters/${slug(it)}/members?limit=1`)).members[0]?.company_number;
});
afterAll(() => browser?.close());

interface View {
    name: string;
    path: (w: World) => string;
    hasMap: boolean;
    tab?: string;
    /** What is done before looking. */
    then?: (page: Page) => Promise<unknown>;
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
    { name: 'a firm', path: () => `/?firm=${firm}`, hasMap: true, tab: 'Profile' },
    { name: 'an area', path: () => `/?area=${area?.code}`, hasMap: true, tab: 'Profile' },
    { name: 'a place', path: (w) => `/?near=${w.clusters[0]?.label.join(',')}`, hasMap: true, tab: 'Profile' },
    { name: 'a circle', path: (w) => `/?circle=${w.clusters[0]?.label.join(',')},15`, hasMap: true, tab: 'Explore' },
    { name: 'compared areas', path: () => `/compare?compare=area:${area?.code}`, hasMap: false },
    { name: 'an empty comparison', path: () => '/compare', hasMap: false },
    { name: 'no cluster that fits', path: () => '/?where=enterprise_count:999999..', hasMap: true },
    { name: 'a legend of a figure, with marks', path: () => '/?colour=enterprise_count&layers=firms,institutions', hasMap: true },
    { name: 'own settings', path: () => '/?tune=1000,10', hasMap: true },
    { name: 'a year', path: (w) => `/?year=${w.atlas.years?.last ?? ''}`, hasMap: true },
    {
        name: 'a definition',
        path: (w) => `/clusters/${slug(w)}`,
        hasMap: false,
        then: (page) => page.getByRole('button', { name: /^About / }).first().click(),
    },
    {
        name: 'the search',
        path: () => '/methods',
        hasMap: false,
        then: async (page) => {
            await page.getByRole('combobox', { name: 'Search' }).fill(it.sector.name);
            await page.getByRole('option').first().waitFor();
        },
    },
    {
        name: 'the share dialog',
        path: () => '/data',
        hasMap: false,
        then: (page) => page.getByRole('button', { name: 'Share', exact: true }).first().click(),
    },
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

describe.each([1440, 360, 320])('%i px wide, light and dark', (width) => {
    // A desk of 1280 px at 400 % is 320 px wide: there the frame matters, which four views show.
    test.each(width === 320 ? VIEWS.slice(0, 4) : VIEWS)('$name has nothing that keeps people out', async ({ path, hasMap, tab, then }) => {
        const { page, context } = await visit(browser, path(it), { width, height: width === 320 ? 256 : width < 700 ? 780 : 900 });
        try {
            if (hasMap) await mapReady(page);
            if (tab && width < 700) await page.getByRole('navigation', { name: 'Parts of the page' }).getByText(tab).click();
            await page.waitForLoadState('networkidle');
            await then?.(page);
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
