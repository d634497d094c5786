import type { Map as MapLibre } from 'maplibre-gl';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { prepareFirstFrame } from './first_frame';

/** A context whose fences are passed at once and whose shaders never compile. */
class Context {
    readonly SYNC_GPU_COMMANDS_COMPLETE = 1;
    readonly SYNC_STATUS = 2;
    readonly SIGNALED = 3;
    readonly COMPILE_STATUS = 4;
    fenceSync = (): object => ({});
    getSyncParameter = (): number => this.SIGNALED;
    deleteSync(): void {}
    flush(): void {}
    clear(): void {}
    drawElements(): void {}
    getShaderParameter(): boolean {
        return false;
    }
}

/** A map whose programs are made by `make` and drawn with by `drawn`. */
function makeMap() {
    const gl = new Context();
    const heard: Record<string, (() => void)[]> = {};
    const make = vi.fn(() => ({ draw: drawn }));
    const drawn = vi.fn();
    const repaint = vi.fn();
    // As MapLibre's, these are found on prototypes, so that what hides them can be taken away again.
    const painter = Object.assign(Object.create({ useProgram: make }), { context: { gl } });
    const style = Object.create({ getTransition: () => ({ duration: 150, delay: 0 }) });
    const map = {
        painter,
        style,
        once: (type: string, then: () => void) => void (heard[type] ??= []).push(then),
        triggerRepaint: repaint,
    };
    const fire = (type: string): void => {
        const listeners = heard[type] ?? [];
        heard[type] = [];
        for (const listener of listeners) listener();
    };
    const drawLayer = (name: string): void => painter.useProgram(name, null, false, []).draw();
    return { gl, fire, make, drawn, drawLayer, repaint, map: map as unknown as MapLibre };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('shaders are trusted until the first frame is drawn, and asked again after', () => {
    const { gl, fire, map } = makeMap();
    const asked = gl.getShaderParameter as (what: unknown, status: number) => unknown;
    prepareFirstFrame(map, () => undefined);
    const ask = (): unknown => (gl.getShaderParameter as typeof asked).call(gl, {}, gl.COMPILE_STATUS);
    vi.advanceTimersByTime(100);
    fire('render');
    expect(ask()).toBe(true);
    fire('idle');
    vi.advanceTimersByTime(100);
    expect(ask()).toBe(true);
    fire('render');
    expect(ask()).toBe(false);
});

test('until all is there nothing is drawn and no program made; then each program once, and the next frame is the first', () => {
    const { fire, make, drawn, drawLayer, map } = makeMap();
    const onready = vi.fn();
    prepareFirstFrame(map, onready);
    for (const name of ['fill', 'line', 'fill']) drawLayer(name);
    fire('render');
    expect([make.mock.calls.length, drawn.mock.calls.length, map.style.getTransition().duration]).toEqual([0, 0, 0]);
    fire('idle');
    expect(make).not.toHaveBeenCalled();
    vi.advanceTimersByTime(100);
    expect(make.mock.calls).toEqual([
        ['fill', null, false, []],
        ['line', null, false, []],
    ]);
    expect(onready).not.toHaveBeenCalled();
    drawLayer('fill');
    expect([drawn.mock.calls.length, map.style.getTransition().duration]).toEqual([1, 150]);
    fire('render');
    expect(onready).toHaveBeenCalledOnce();
});

test('programs of one kind that are made in different ways are told apart', () => {
    const { fire, make, map } = makeMap();
    prepareFirstFrame(map, () => undefined);
    const use = map.painter.useProgram as unknown as (...asked: unknown[]) => void;
    const kinds = [['fill', { cacheKey: '/colour' }, false, []], ['fill', { cacheKey: '' }, false, []], ['fill', null, true, []], ['fill', null, false, ['X']]];
    for (const kind of kinds) use(...kind);
    fire('idle');
    vi.advanceTimersByTime(100);
    expect(make.mock.calls).toEqual(kinds);
});

test('many programs do not hold the page up: where they take long, the rest waits for its turn', () => {
    const { fire, make, drawLayer, map } = makeMap();
    make.mockImplementation(() => (vi.setSystemTime(Date.now() + 15), vi.advanceTimersByTime(15), { draw: () => undefined }) as never);
    prepareFirstFrame(map, () => undefined);
    for (const name of ['background', 'fill', 'line', 'circle', 'symbol']) drawLayer(name);
    fire('idle');
    vi.advanceTimersByTime(4);
    expect(make).toHaveBeenCalledTimes(2);
    vi.advanceTimersByTime(100);
    expect(make).toHaveBeenCalledTimes(5);
});

test('what is there is drawn in time where something stays away, and the map is ready once that has come', () => {
    const { fire, drawn, drawLayer, map } = makeMap();
    const onready = vi.fn();
    prepareFirstFrame(map, onready);
    drawLayer('fill');
    vi.advanceTimersByTime(1600);
    drawLayer('fill');
    expect(drawn).toHaveBeenCalledOnce();
    fire('render');
    expect(onready).not.toHaveBeenCalled();
    fire('idle');
    expect(onready).toHaveBeenCalledOnce();
});

test.each([0, 100])('a map that is removed after %i ms leaves no timer behind and is not drawn', (ms) => {
    const { fire, make, drawLayer, repaint, map } = makeMap();
    prepareFirstFrame(map, () => undefined);
    drawLayer('fill');
    vi.advanceTimersByTime(ms);
    fire('remove');
    fire('idle');
    vi.advanceTimersByTime(100);
    expect(vi.getTimerCount()).toBe(0);
    expect([make.mock.calls.length, repaint.mock.calls.length]).toEqual([0, 0]);
});

test('where the context is lost in the hold the map goes its own way, and is ready once all is there again', () => {
    const { fire, gl, make, drawLayer, map } = makeMap();
    const own = map.triggerRepaint;
    const onready = vi.fn();
    prepareFirstFrame(map, onready);
    drawLayer('fill');
    fire('idle');
    fire('webglcontextlost');
    vi.advanceTimersByTime(2000);
    expect(make).not.toHaveBeenCalled();
    expect([Object.hasOwn(gl, 'clear'), Object.hasOwn(map.painter, 'useProgram'), map.style.getTransition().duration]).toEqual([false, false, 150]);
    map.triggerRepaint();
    expect(own).toHaveBeenCalled();
    expect(onready).not.toHaveBeenCalled();
    fire('idle');
    expect(onready).toHaveBeenCalledOnce();
});
