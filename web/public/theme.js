// Before anything is drawn, so that a dark page does not flash white.
(() => {
    let chosen = null;
    try {
        chosen = localStorage.getItem('theme');
    } catch {
        // Storage may be forbidden; the system's preference then decides.
    }
    const dark = chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
// The map's page needs WebGL soon: see warm.js.
if (location.pathname === '/' && typeof OffscreenCanvas === 'function') new Worker('/warm.js');
