// Makes the base map's tiles: sea is what nothing covers. Cut here and not in the page, which would have to read the whole world and
// cut it up before it could draw the first map.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GeoJSONVT } from '@maplibre/geojson-vt';
import { fromGeojsonVt } from '@maplibre/vt-pbf';
import { ground, LAST_ZOOM } from './coast.mjs';

/** Steps across a tile: 175 m on the ground at the last zoom, in Britain. */
const EXTENT = 8192;
/** What is left out of a line, in steps: a tenth of a pixel at the tile's own zoom. */
const TOLERANCE = 1.6;

const out = join(dirname(fileURLToPath(import.meta.url)), '..', 'public', 'basemap');
rmSync(out, { recursive: true, force: true });
const options = { maxZoom: LAST_ZOOM, indexMaxZoom: LAST_ZOOM, extent: EXTENT, buffer: 128, tolerance: TOLERANCE };
const layers = Object.entries(ground()).map(([name, data]) => [name, new GeoJSONVT(data, options)]);
for (let z = 0; z <= LAST_ZOOM; ++z) {
    for (let x = 0; x < 2 ** z; ++x) {
        const folder = join(out, String(z), String(x));
        mkdirSync(folder, { recursive: true });
        for (let y = 0; y < 2 ** z; ++y) {
            const cut = layers.flatMap(([name, index]) => {
                const tile = index.getTile(z, x, y);
                return tile ? [[name, tile]] : [];
            });
            writeFileSync(join(folder, `${y}.pbf`), fromGeojsonVt(Object.fromEntries(cut), { version: 2, extent: EXTENT }));
        }
    }
}
