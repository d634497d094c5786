// A worker that asks for WebGL and ends: the browser's graphics process starts while the page is still asking for its data,
// and the map, which would wait for it with everything else standing still, finds it there.
try {
    new OffscreenCanvas(1, 1).getContext('webgl2');
} finally {
    close();
}
