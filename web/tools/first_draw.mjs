// How long until the map is drawn, beside a bare MapLibre page with the same coastlines in the same run, and whether panning and
// zooming hold the page up. The server is at ICMAP_URL; each visit is a new browser with nothing cached.
//   npm run first-draw [-- ROUNDS]
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { launch, mapReady, serverUrl } from './browser.mjs';
import { tiers } from './coast.mjs';

const ROUNDS = Number(process.argv[2] ?? 5);
const LONG_TASK_MS = 50;
const base = serverUrl();
const maplibre = join(dirname(fileURLToPath(import.meta.url)), '..', 'node_modules', 'maplibre-gl', 'dist');
const { bounds } = await (await fetch(`${base}/api/atlas`)).json();

const page = `<!doctype html><meta charset="utf-8"><title>Bare</title><link rel="stylesheet" href="/maplibre-gl.css">
<style>html,body,#map{height:100%;margin:0}</style><div id="map" class="canvas"></div><script src="/maplibre-gl-csp.js"></script><script>
maplibregl.setWorkerUrl('/maplibre-gl-csp-worker.js');
const tiers = ['world', 'europe', 'isles'];
const fill = (source, kind, colour) => ({ id: source + kind, type: 'fill', source, filter: ['==', ['get', 'kind'], kind], paint: { 'fill-color': colour } });
const map = new maplibregl.Map({ container: 'map', bounds: ${JSON.stringify(bounds)}, attributionControl: false, style: { version: 8,
  sources: Object.fromEntries(tiers.map((t) => [t, { type: 'geojson', data: location.origin + '/basemap/' + t + '.json' }])),
  layers: [{ id: 'sea', type: 'background', paint: { 'background-color': '#dfe8ec' } }, ...tiers.flatMap((t, i) => [...(i > 0 ? [fill(t, 'sea', '#dfe8ec')] : []), fill(t, 'land', '#f3f1ea')])] } });
map.once('load', () => (document.getElementById('map').dataset.ready = 'true'));
</script>`;

/** The bare page from memory, compressed as the real one is. */
async function serveBare() {
    const files = new Map([['/', ['text/html', page]]]);
    const types = { js: 'text/javascript', css: 'text/css' };
    for (const name of ['maplibre-gl-csp.js', 'maplibre-gl-csp-worker.js', 'maplibre-gl.css']) {
        files.set(`/${name}`, [types[name.split('.').pop()], readFileSync(join(maplibre, name))]);
    }
    for (const { name, data } of tiers()) files.set(`/basemap/${name}.json`, ['application/json', JSON.stringify(data)]);
    const packed = new Map([...files].map(([path, [type, body]]) => [path, { type, body: gzipSync(body) }]));
    const server = createServer((request, response) => {
        const file = packed.get(request.url);
        if (!file) return response.writeHead(404).end();
        response.writeHead(200, { 'Content-Type': file.type, 'Content-Encoding': 'gzip' }).end(file.body);
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    return server;
}

/** In the page: when each of these was there first, in milliseconds from the start of the visit. */
const watch = () => {
    const marks = (window.marks = {});
    const wanted = { map: '[data-ready="true"]', text: 'h1, .rail h2', search: '[role="combobox"]', list: '.rail .sector', count: '.chips .lead' };
    new MutationObserver(() => {
        for (const [name, selector] of Object.entries(wanted)) {
            if (!(name in marks) && document.querySelector(selector)) marks[name] = performance.now();
        }
    }).observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ['data-ready'] });
    window.tasks = [];
    new PerformanceObserver((list) => window.tasks.push(...list.getEntries().map((e) => e.duration))).observe({ type: 'longtask', buffered: true });
};

/** Processor time that everything below this process has used: the browser with its helpers. Tells more than the clock on a busy machine. */
function processorMs() {
    const stats = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((pid) => {
        try {
            const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
            return [{ pid: Number(pid), parent: Number(fields[1]), ms: (Number(fields[11]) + Number(fields[12])) * 10 }];
        } catch {
            return []; // It ended in the meantime.
        }
    });
    const below = new Set([process.pid]);
    for (let n = 0; n !== below.size; ) {
        n = below.size;
        for (const { pid, parent } of stats) if (below.has(parent)) below.add(pid);
    }
    return stats.filter(({ pid }) => below.has(pid) && pid !== process.pid).reduce((sum, { ms }) => sum + ms, 0);
}

async function visit(url, then = async () => ({})) {
    const browser = await launch();
    try {
        const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
        const tab = await context.newPage();
        await tab.addInitScript(watch);
        const before = processorMs();
        await tab.goto(url);
        await mapReady(tab);
        return { processor: processorMs() - before, ...(await tab.evaluate(() => window.marks)), ...(await then(tab)) };
    } finally {
        await browser.close();
    }
}

/** Drags the map about and zooms in and out; the tasks that took long meanwhile. */
async function move(tab) {
    await tab.waitForLoadState('networkidle');
    await tab.waitForTimeout(1500);
    await tab.evaluate(() => (window.tasks.length = 0));
    for (const [dx, dy] of [[-200, 60], [160, -120], [60, 140]]) {
        await tab.mouse.move(860, 450);
        await tab.mouse.down();
        await tab.mouse.move(860 + dx, 450 + dy, { steps: 12 });
        await tab.mouse.up();
        await tab.waitForTimeout(400);
    }
    for (const by of [-300, -300, 300]) {
        await tab.mouse.wheel(0, by);
        await tab.waitForTimeout(700);
    }
    return { tasks: await tab.evaluate(() => window.tasks.slice()) };
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const bareServer = await serveBare();
const bareUrl = `http://127.0.0.1:${bareServer.address().port}/`;
const bare = [];
const ours = [];
for (let round = 0; round < ROUNDS; ++round) {
    // Turn about, so that a busy machine is busy for both.
    bare.push(await visit(bareUrl));
    ours.push(await visit(`${base}/`, round === ROUNDS - 1 ? move : undefined));
    console.log(`round ${round + 1}: bare ${bare[round].map.toFixed(0)} ms, icmap ${ours[round].map.toFixed(0)} ms; processor ${bare[round].processor} and ${ours[round].processor} ms`);
}
bareServer.close();
const of = (name) => median(ours.map((visit) => visit[name] ?? Infinity));
const ratio = median(ours.map((visit, i) => visit.map / bare[i].map));
console.log(`map drawn: ${of('map').toFixed(0)} ms, ${ratio.toFixed(2)} times the bare page (${median(bare.map((b) => b.map)).toFixed(0)} ms); medians of ${ROUNDS}, cold caches`);
const cost = (visits) => median(visits.map((v) => v.processor)).toFixed(0);
console.log(`processor time of the browser until then: ${cost(ours)} ms, ${(cost(ours) / cost(bare)).toFixed(2)} times the bare page (${cost(bare)} ms)`);
console.log(`before it: text ${of('text').toFixed(0)} ms, search ${of('search').toFixed(0)} ms, sectors ${of('list').toFixed(0)} ms, clusters ${of('count').toFixed(0)} ms`);
const tasks = ours[ROUNDS - 1].tasks.filter((ms) => ms > LONG_TASK_MS);
console.log(`tasks over ${LONG_TASK_MS} ms on pan and zoom: ${tasks.length}${tasks.length > 0 ? ` (longest ${Math.max(...tasks).toFixed(0)} ms)` : ''}`);
