import { untrack } from 'svelte';
import { getJson } from './client';

/** Several answers of one kind, each asked for once and kept. To be made while a component is set up. */
export class Gathering<T> {
    #answers = $state.raw<ReadonlyMap<string, T>>(new Map());
    /** Keys that the server does not know, or that could not be asked for. */
    lost = $state.raw<readonly string[]>([]);
    #keys: () => readonly string[];

    constructor(keys: () => readonly string[], url: (key: string) => string) {
        this.#keys = keys;
        $effect(() => {
            const stop = new AbortController();
            // An answer that comes is no reason to ask for the others again.
            const known = untrack(() => this.#answers);
            for (const key of keys()) {
                if (known.has(key)) continue;
                getJson<T>(url(key), stop.signal).then(
                    (answer) => (this.#answers = new Map(this.#answers).set(key, answer)),
                    () => {
                        if (!stop.signal.aborted) this.lost = [...this.lost.filter((k) => k !== key), key];
                    },
                );
            }
            return () => stop.abort();
        });
    }

    /** Those that are there, in the order they were asked for. */
    get answers(): T[] {
        return this.#keys().flatMap((key) => this.#answers.get(key) ?? []);
    }
}
