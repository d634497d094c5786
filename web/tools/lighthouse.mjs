// Lighthouse's four scores for the main views of the server at ICMAP_URL, in Debian's Chromium, desktop.
//   npm run lighthouse [-- PATH…]
// Lighthouse itself is fetched on demand (it is large, and nothing of the page needs it).
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHROMIUM, FLAGS, serverUrl } from './browser.mjs';

const VERSION = '12.8.2';
const WANTED = { performance: 90, accessibility: 100, 'best-practices': 100, seo: 100 };
const base = serverUrl();
const atlas = await (await fetch(`${base}/api/atlas`)).json();
const { clusters } = await (await fetch(`${base}/api/clusters?sector=${atlas.default_sector}&limit=1`)).json();
const asked = process.argv.slice(2);
const paths = asked.length > 0 ? asked : ['/', `/clusters/${clusters[0]?.slug}`, '/methods', '/data'];

const room = mkdtempSync(join(tmpdir(), 'lighthouse-'));
let isBelow = false;
for (const [i, path] of paths.entries()) {
    const out = join(room, `${i}.json`);
    const done = spawnSync(
        'npm',
        [
            'exec', '--yes', '--package', `lighthouse@${VERSION}`, '--', 'lighthouse', base + path,
            '--preset=desktop', '--quiet', '--output=json', `--output-path=${out}`,
            // The browser's own speed, not a simulated network's: the target is a local server.
            '--throttling-method=provided', '--max-wait-for-load=90000',
            `--chrome-flags=--headless=new ${FLAGS.join(' ')}`,
        ],
        { env: { ...process.env, CHROME_PATH: CHROMIUM }, stdio: ['ignore', 'inherit', 'inherit'] },
    );
    if (done.status !== 0) throw new Error(`Lighthouse ended with ${done.status} at ${path}.`);
    const { categories, audits } = JSON.parse(readFileSync(out, 'utf8'));
    const score = (name) => Math.round((categories[name]?.score ?? 0) * 100);
    const metrics = ['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift', 'speed-index'];
    console.log(path);
    console.log(`  ${Object.keys(WANTED).map((name) => `${name} ${score(name)}`).join(', ')}`);
    console.log(`  ${metrics.map((name) => `${name} ${audits[name]?.displayValue ?? '?'}`).join(', ')}`);
    for (const [name, least] of Object.entries(WANTED)) {
        if (score(name) >= least) continue;
        isBelow = true;
        const refs = categories[name].auditRefs.filter(({ id, weight }) => weight > 0 && (audits[id].score ?? 1) < 0.9);
        for (const { id } of refs) console.log(`  ${name} below ${least}: ${id}: ${audits[id].title} ${audits[id].displayValue ?? ''}`);
    }
}
rmSync(room, { recursive: true });
process.exit(isBelow ? 1 : 0);
