// A worker that draws a triangle with WebGL and says so: the browser's graphics process starts, with its compiler, while the page is
// still asking for its data. A map made before that process is there would wait for it with everything else standing still. The
// worker gives its context back but does not end: the page would wait for its end, which waits until the page is drawn.
function drawOnce() {
    const gl = new OffscreenCanvas(8, 8).getContext('webgl2');
    if (!gl) return;
    const program = gl.createProgram();
    const shader = (kind, text) => {
        const made = gl.createShader(kind);
        gl.shaderSource(made, `#version 300 es\nprecision highp float;\n${text}`);
        gl.compileShader(made);
        gl.attachShader(program, made);
    };
    shader(gl.VERTEX_SHADER, 'void main() { gl_Position = vec4(gl_VertexID & 1, gl_VertexID >> 1, 0, 1); }');
    shader(gl.FRAGMENT_SHADER, 'out vec4 colour; void main() { colour = vec4(1); }');
    gl.linkProgram(program);
    gl.useProgram(program);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
    gl.finish();
    gl.getExtension('WEBGL_lose_context')?.loseContext();
}

try {
    drawOnce();
} finally {
    postMessage('ready');
}
