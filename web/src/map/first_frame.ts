// How the map comes to its first picture without holding the page up.
//
// MapLibre draws a frame for every tile that arrives, and asks of every new shader whether it compiled. The answer comes only when
// the graphics process has done all that was asked before, frames included: where it draws in software, the page stands still for
// a tenth of a second each time. So until everything is there the frames are gone through (tiles are asked for, programs are made,
// labels are placed) but nothing is drawn, and none begins before the graphics process has caught up; then all is drawn at once.
import type { Map as MapLibre } from 'maplibre-gl';

declare global {
    /** Set by theme.js where the page is the map's: the browser's graphics process has started. */
    var graphicsReady: Promise<unknown> | undefined;
}

type Pen = Pick<WebGL2RenderingContext, 'clear' | 'drawElements' | 'getShaderParameter'>;

/** What is there is drawn after this time, even where something is still on its way. */
const LONGEST_HOLD_MS = 1500;
const LONGEST_WAIT_MS = 400;
const SLOW_FRAME_MS = 25;
const LOOK_EVERY_MS = 4;

/** Whether a shader compiled is not asked until the first frame is drawn: a program of shaders that did not will not link, and that is asked as well. */
function trustShaders(gl: WebGL2RenderingContext): void {
    const ask = gl.getShaderParameter.bind(gl);
    gl.getShaderParameter = (shader: WebGLShader, what: number): unknown => (what === gl.COMPILE_STATUS ? true : ask(shader, what));
}

/** Calls back when the graphics process has done what was asked of it so far; it is looked at now and then, not waited for. */
function whenQuiet(gl: WebGL2RenderingContext, then: () => void): void {
    const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
    if (!fence) return then();
    gl.flush();
    const until = performance.now() + LONGEST_WAIT_MS;
    const look = (): void => {
        if (gl.getSyncParameter(fence, gl.SYNC_STATUS) !== gl.SIGNALED && performance.now() < until) {
            setTimeout(look, LOOK_EVERY_MS);
            return;
        }
        gl.deleteSync(fence);
        then();
    };
    setTimeout(look, LOOK_EVERY_MS);
}

/** Frames begin only when the last one is through. \returns what gives the map its own pace back. */
function paceFrames(map: MapLibre, gl: WebGL2RenderingContext): () => void {
    const repaint = map.triggerRepaint.bind(map);
    let isWaiting = false;
    map.triggerRepaint = () => {
        if (isWaiting) return;
        isWaiting = true;
        whenQuiet(gl, () => {
            isWaiting = false;
            repaint();
        });
    };
    return () => {
        map.triggerRepaint = repaint;
    };
}

/**
 * Draws nothing until the map has all it has asked for, or for as long as anyone would wait.
 * \param onready is called once all has been drawn
 */
export function prepareFirstFrame(map: MapLibre, onready: () => void): void {
    const { gl } = map.painter.context;
    if (!('fenceSync' in gl)) {
        map.once('idle', onready);
        return;
    }
    trustShaders(gl);
    const pen = gl as Partial<Pen>;
    pen.clear = pen.drawElements = () => undefined;
    // The first frames ask for tiles; their programs are made once the new context has settled. Only the style is handed on: a tile
    // that arrives at a painter without one loses all that is in it, for good.
    const { painter } = map;
    painter.render = (style) => {
        painter.style = style;
    };
    let isGone = false;
    map.once('remove', () => (isGone = true));
    whenQuiet(gl, () => {
        if (isGone) return;
        delete (painter as Partial<Pick<typeof painter, 'render'>>).render;
        drawWhenThere(map, gl, pen, onready);
        map.triggerRepaint();
    });
}

/** Draws once all that was asked for is there. */
function drawWhenThere(map: MapLibre, gl: WebGL2RenderingContext, pen: Partial<Pen>, onready: () => void): void {
    const letGo = paceFrames(map, gl);
    const draw = (): void => {
        delete pen.clear;
        delete pen.drawElements;
        map.once('render', () => {
            delete pen.getShaderParameter;
            // Where drawing is slow, frames that are asked for faster would only queue up, and the page wait behind them.
            const drawn = performance.now();
            whenQuiet(gl, () => performance.now() - drawn < SLOW_FRAME_MS && letGo());
        });
        map.triggerRepaint();
    };
    const late = setTimeout(draw, LONGEST_HOLD_MS);
    map.once('remove', () => clearTimeout(late));
    map.once('idle', () => {
        clearTimeout(late);
        map.once('render', onready);
        draw();
    });
}
