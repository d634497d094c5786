// How the map comes to its first picture without holding the page up.
//
// MapLibre draws a frame for every tile that arrives, and asks of every new program whether it was made. The answer comes only when
// the graphics process has done all that was asked before, the page's own picture included: where it draws in software, the page
// stands still for up to half a second each time. So until everything is there the frames are gone through (tiles are asked for and
// handed over, labels are placed) but nothing is drawn and no program made. Then the programs are made, one at a time and each when
// the graphics process is idle, and all is drawn at once.
import type { Map as MapLibre } from 'maplibre-gl';

declare global {
    /** Set by theme.js where the page is the map's: the browser's graphics process has started. */
    var graphicsReady: Promise<unknown> | undefined;
}

type Painter = MapLibre['painter'];
type Pen = Pick<WebGL2RenderingContext, 'clear' | 'getShaderParameter'>;
type Program = ReturnType<Painter['useProgram']>;

/** What is there is drawn after this time, even where something is still on its way. */
const LONGEST_HOLD_MS = 1500;
const LONGEST_WAIT_MS = 400;
const SLOW_FRAME_MS = 25;
const LONGEST_TASK_MS = 20;
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

/** Programs are noted instead of made, and nothing is drawn with them. \returns the making of each that was noted. */
function notePrograms(painter: Painter): Map<string, () => void> {
    const make = painter.useProgram.bind(painter);
    const noted = new Map<string, () => void>();
    const blunt = { draw: () => undefined } as unknown as Program;
    painter.useProgram = (...asked) => {
        const [name, configuration, isSimple, defines] = asked;
        noted.set([name, configuration?.cacheKey, isSimple, defines].join(), () => void make(...asked));
        return blunt;
    };
    return noted;
}

/**
 * Draws nothing until the map has all it has asked for, or for as long as anyone would wait.
 * \param onready is called once all has been drawn
 */
export function prepareFirstFrame(map: MapLibre, onready: () => void): void {
    const { painter } = map;
    const { gl } = painter.context;
    if (!('fenceSync' in gl)) {
        map.once('idle', onready);
        return;
    }
    trustShaders(gl);
    const pen = gl as Partial<Pen>;
    pen.clear = () => undefined;
    const noted = notePrograms(painter);
    const letGo = paceFrames(map, gl);
    // Changes are not drawn either: there is nothing to blend in.
    const { style } = map;
    style.getTransition = () => ({ duration: 0, delay: 0 });
    let isThere = false;
    let isOver = false;
    const endHold = (): void => {
        isOver = true;
        clearTimeout(late);
        delete (style as Partial<Pick<MapLibre['style'], 'getTransition'>>).getTransition;
        delete (painter as Partial<Pick<Painter, 'useProgram'>>).useProgram;
        delete pen.clear;
    };
    const draw = (): void => {
        endHold();
        map.once(isThere ? 'render' : 'idle', onready);
        map.once('render', () => {
            delete pen.getShaderParameter;
            // Where drawing is slow, frames that are asked for faster would only queue up, and the page wait behind them.
            const drawn = performance.now();
            whenQuiet(gl, () => performance.now() - drawn < SLOW_FRAME_MS && letGo());
        });
        map.triggerRepaint();
    };
    const makePrograms = (): void => {
        if (isOver) return;
        const until = performance.now() + LONGEST_TASK_MS;
        for (const [key, make] of noted) {
            if (performance.now() > until) break;
            noted.delete(key);
            make();
        }
        if (noted.size > 0) whenQuiet(gl, makePrograms);
        else draw();
    };
    let isBegun = false;
    const begin = (): void => {
        if (isBegun || isOver) return;
        isBegun = true;
        clearTimeout(late);
        whenQuiet(gl, makePrograms);
    };
    const late = setTimeout(begin, LONGEST_HOLD_MS);
    map.once('remove', endHold);
    // The map makes itself a new painter when the context comes back, and draws in its own way.
    map.once('webglcontextlost', () => {
        if (isOver) return;
        endHold();
        delete pen.getShaderParameter;
        letGo();
        map.once('idle', onready);
    });
    map.once('idle', () => {
        isThere = true;
        begin();
    });
}
