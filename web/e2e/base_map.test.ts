// A base map of one's own: a PMTiles file that the server hands out and the map draws over its own land.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Map as MapLibre } from 'maplibre-gl';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { smallArchive } from './archive';
import { launch, mapReady } from './world';

// Given by tools/e2e: what serves, and what is served.
const { ICMAP_SERVER: program, ICMAP_ATLAS: atlas } = process.env;
const pages = fileURLToPath(new URL('../../build/web', import.meta.url));
const room = mkdtempSync(join(tmpdir(), 'icmap-base-'));
const file = join(room, 'small.pmtiles');

let browser: Browser;
let server: ChildProcess | undefined;
let base = '';

async function freePort(): Promise<number> {
    const probe = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => probe.once('listening', resolve));
    const { port } = probe.address() as AddressInfo;
    await new Promise((resolve) => probe.close(resolve));
    return port;
}

beforeAll(async () => {
    browser = await launch();
    if (!program || !atlas) return;
    writeFileSync(file, smallArchive('water'));
    const port = await freePort();
    base = `http://127.0.0.1:${port}`;
    const isSmall = program.endsWith('serve_atlas');
    const args = isSmall
        ? [atlas, String(port), pages, file]
        : ['serve', atlas, '--host', '127.0.0.1', '--port', String(port), '--web', pages, '--base-map', file];
    server = spawn(program, args, { stdio: 'ignore' });
    await vi.waitUntil(() => fetch(`${base}/health`).then((answer) => answer.ok, () => false), { timeout: 20_000, interval: 200 });
});
afterAll(async () => {
    server?.kill();
    await browser?.close();
    rmSync(room, { recursive: true });
});

test('a PMTiles base map is fetched by ranges and drawn', async (here) => {
    if (!server) return here.skip();
    const context = await browser.newContext({ viewport: { width: 900, height: 700 }, reducedMotion: 'reduce' });
    const page = await context.newPage();
    const statuses: number[] = [];
    const faults: string[] = [];
    page.on('response', (response) => {
        if (response.url().endsWith('.pmtiles')) statuses.push(response.status());
    });
    page.on('console', (message) => {
        if (message.type() === 'error') faults.push(message.text());
    });
    await page.goto(base);
    await mapReady(page);
    const drawn = () =>
        page.evaluate(() => {
            const { map } = document.querySelector('.canvas') as HTMLElement & { map?: MapLibre };
            return map?.queryRenderedFeatures({ layers: ['archive-water'] }).length ?? 0;
        });
    await expect.poll(drawn).toBeGreaterThan(0);
    expect(statuses.length).toBeGreaterThan(0);
    expect(new Set(statuses)).toEqual(new Set([206]));
    expect(faults).toEqual([]);
    await context.close();
});
