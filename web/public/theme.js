// Before anything is drawn, so that a dark page does not flash white.
(() => {
    let chosen = null;
    try {
        chosen = localStorage.getItem('theme');
    } catch {
        // Storage may be forbidden; the system's preference then decides.
    }
    const dark = chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    const root = document.documentElement.dataset;
    root.theme = dark ? 'dark' : 'light';
    root.start = location.search.includes('embed=1') ? 'embed' : location.pathname === '/' ? 'map' : 'page';
})();
// The map's page needs WebGL soon; the map waits for this before it asks for its own: see warm.js.
if (location.pathname === '/' && typeof OffscreenCanvas === 'function') {
    globalThis.graphicsReady = new Promise((resolve) => {
        const worker = new Worker('/warm.js');
        worker.onmessage = worker.onerror = resolve;
    });
}
