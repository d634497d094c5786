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

function makeMap() {
    const gl = new Context();
    const heard: Record<string, (() => void)[]> = {};
    const map = {
        painter: { context: { gl }, render: () => undefined },
        once: (type: string, then: () => void) => void (heard[type] ??= []).push(then),
        triggerRepaint: () => undefined,
    };
    const fire = (type: string): void => {
        const listeners = heard[type] ?? [];
        heard[type] = [];
        for (const listener of listeners) listener();
    };
    return { gl, fire, map: map as unknown as MapLibre };
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
    expect(ask()).toBe(true);
    fire('render');
    expect(ask()).toBe(false);
});

test.each([0, 100])('a map that is removed after %i ms leaves no timer behind', (ms) => {
    const { fire, map, gl } = makeMap();
    prepareFirstFrame(map, () => undefined);
    vi.advanceTimersByTime(ms);
    fire('remove');
    vi.advanceTimersByTime(100);
    expect(vi.getTimerCount()).toBe(0);
    expect(Object.hasOwn(gl, 'clear')).toBe(true);
});

test('a frame before the context has settled draws nothing but hands its style on, without which tiles that arrive are empty', () => {
    const { map } = makeMap();
    prepareFirstFrame(map, () => undefined);
    const style = {} as typeof map.painter.style;
    map.painter.render(style, {} as never);
    expect(map.painter.style).toBe(style);
});
