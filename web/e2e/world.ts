// What the journeys walk through: asked of the server, so that they fit whatever atlas it serves.
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Atlas, ClusterList, ClusterRow, Sectors } from '../src/api/types';
import { launch, mapReady, serverUrl } from '../tools/browser.mjs';

export const base = serverUrl();
export { launch, mapReady };

export async function ask<T>(path: string): Promise<T> {
    const response = await fetch(base + path);
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
}

export interface World {
    atlas: Atlas;
    sectors: Sectors['sectors'];
    sector: Sectors['sectors'][number];
    clusters: ClusterRow[];
}

export async function world(): Promise<World> {
    const atlas = await ask<Atlas>('/api/atlas');
    const { sectors } = await ask<Sectors>('/api/sectors');
    const sector = sectors.find((s) => s.slug === atlas.default_sector);
    if (!sector) throw new Error('The atlas opens with no sector: it holds no cluster.');
    const list = await ask<ClusterList>(`/api/clusters?sector=${sector.slug}&limit=200`);
    return { atlas, sectors, sector, clusters: list.clusters };
}

export interface Visit {
    page: Page;
    context: BrowserContext;
    /** Everything that went wrong: errors on the console, failed requests, requests to others. */
    faults: string[];
}

export interface Setting {
    width?: number;
    height?: number;
    theme?: 'light' | 'dark';
    hasScripts?: boolean;
    /** A phone: fingers, no pointer. */
    hasTouch?: boolean;
    /** What is done before the page is asked for, such as answers that are put in the server's place. */
    before?: (page: Page) => Promise<unknown>;
}

export async function visit(browser: Browser, path: string, { width = 1440, height = 900, theme = 'light', hasScripts = true, hasTouch = false, before }: Setting = {}): Promise<Visit> {
    const context = await browser.newContext({
        viewport: { width, height },
        colorScheme: theme,
        reducedMotion: 'reduce',
        acceptDownloads: true,
        javaScriptEnabled: hasScripts,
        hasTouch,
        isMobile: hasTouch,
        locale: 'en-GB',
    });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
    page.on('console', (message) => {
        // Software WebGL warns of its slowness; that is the test machine's, not the page's.
        const isOfStyle = message.text().startsWith('Expected value to be of type');
        if (message.type() === 'error' || isOfStyle) faults.push(`console: ${message.text()}`);
    });
    page.on('request', (request) => {
        const { protocol, origin } = new URL(request.url());
        if (protocol.startsWith('http') && origin !== new URL(base).origin) faults.push(`asked another party: ${request.url()}`);
    });
    page.on('response', (response) => {
        if (response.status() >= 400) faults.push(`${response.status()} ${response.url()}`);
    });
    await before?.(page);
    await page.goto(base + path);
    return { page, context, faults };
}
