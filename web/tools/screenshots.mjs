// Pictures of the main views into docs/images/, from the server at ICMAP_URL.
//   npm run screenshots [-- NAME...]
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch, mapReady, serverUrl } from './browser.mjs';

const out = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'docs', 'images');
const base = serverUrl();
const LARGEST_BYTES = 250_000;

const json = async (path) => (await fetch(base + path)).json();
const atlas = await json('/api/atlas');
const { clusters } = await json(`/api/clusters?sector=${atlas.default_sector}&limit=5`);
const top = clusters[0]?.slug;
const three = clusters.slice(0, 3).map((c) => c.slug).join(',');

const DESK = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const SHOTS = [
    { name: 'map', path: '/', size: DESK, theme: 'light', map: true },
    { name: 'map-dark', path: '/', size: DESK, theme: 'dark', map: true },
    { name: 'profile', path: `/?cluster=${top}&layers=institutions`, size: DESK, theme: 'light', map: true },
    { name: 'all-sectors', path: '/?sector=all&colour=sector&at=5.2/54.6/-3', size: DESK, theme: 'dark', map: true },
    { name: 'table', path: '/?sector=all&table=half', size: DESK, theme: 'light', map: true },
    { name: 'compare', path: `/compare?compare=${three}`, size: DESK, theme: 'light' },
    { name: 'phone-map', path: '/', size: PHONE, theme: 'light', map: true },
    { name: 'phone-profile', path: `/?cluster=${top}`, size: PHONE, theme: 'dark', map: true, tab: 'Profile' },
];

/** 1 is without loss; what is too large so loses what no eye sees, a step at a time. */
const QUALITIES = [1, 0.95, 0.9, 0.85];

/** The same picture as WebP, which packs flat colours and letters a third smaller than PNG; the browser does it. */
async function asWebp(page, png) {
    const base64 = await page.evaluate(
        async ([source, qualities, most]) => {
            const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${source}`)).blob());
            const canvas = new OffscreenCanvas(picture.width, picture.height);
            canvas.getContext('2d').drawImage(picture, 0, 0);
            let blob;
            for (const quality of qualities) {
                blob = await canvas.convertToBlob({ type: 'image/webp', quality });
                if (blob.size <= most) break;
            }
            const bytes = new Uint8Array(await blob.arrayBuffer());
            return btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), ''));
        },
        [png.toString('base64'), QUALITIES, LARGEST_BYTES],
    );
    return Buffer.from(base64, 'base64');
}

mkdirSync(out, { recursive: true });
const browser = await launch();
const only = process.argv.slice(2);
for (const { name, path, size, theme, map, tab } of SHOTS.filter((shot) => only.length === 0 || only.includes(shot.name))) {
    const context = await browser.newContext({ viewport: size, colorScheme: theme, reducedMotion: 'reduce', locale: 'en-GB' });
    const page = await context.newPage();
    await page.goto(base + path);
    if (map) await mapReady(page);
    if (tab) await page.getByRole('navigation', { name: 'Parts of the page' }).getByText(tab).click();
    await page.waitForLoadState('networkidle');
    await page.waitForFunction(() => {
        const map = document.querySelector('.canvas')?.map;
        return !map || (map.loaded() && !map.isMoving());
    });
    // All that was asked for is drawn, and names have faded in, also on a busy machine.
    if (map) {
        await page.evaluate(() => {
            const { map } = document.querySelector('.canvas');
            return new Promise((resolve) => {
                map.once('idle', resolve);
                map.triggerRepaint();
            });
        });
    }
    await page.waitForTimeout(800);
    const file = join(out, `${name}.webp`);
    const shot = await page.screenshot();
    // On a page of its own: the map's may not read data addresses.
    const desk = await context.newPage();
    const picture = await asWebp(desk, shot);
    writeFileSync(file, picture);
    const bytes = picture.length;
    console.log(`${file} ${Math.round(bytes / 1000)} kB${bytes > LARGEST_BYTES ? ' (larger than wanted)' : ''}`);
    await context.close();
}
await browser.close();
