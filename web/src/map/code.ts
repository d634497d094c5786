import workerUrl from 'maplibre-gl/dist/maplibre-gl-csp-worker.js?url';

type MapCode = (typeof import('maplibre-gl/csp'))['default'];
let code: Promise<MapCode> | undefined;

async function fetchCode(): Promise<MapCode> {
    const { default: maplibre } = await import('maplibre-gl/csp');
    maplibre.setWorkerUrl(workerUrl);
    maplibre.prewarm();
    return maplibre;
}

/** MapLibre, and its worker on the way: asked for early, both are there when the map is made. */
export function mapCode(): Promise<MapCode> {
    code ??= fetchCode().catch((error: unknown) => {
        code = undefined;
        throw error;
    });
    return code;
}
