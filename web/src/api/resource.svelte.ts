import { getJson, postJson, RequestError } from './client';
import type { Problem } from './types';

export interface Request {
    url: string;
    /** Sent as JSON by POST where given. */
    body?: unknown;
}

/**
 * An answer of the server that follows a request. A new request drops the one under way; the last answer stays until the
 * next is there, and stays when the next fails. To be made while a component is set up.
 */
export class Resource<T> {
    data = $state.raw<T | null>(null);
    /** The question, as text, that `data` answers. */
    #answered = $state.raw<string | null>(null);
    #question: () => string;
    problem = $state.raw<Problem | null>(null);
    isOffline = $state(false);
    isLoading = $state(false);
    #attempt = $state(0);

    constructor(request: () => string | Request | null) {
        // The question as text: the same question asked again is not sent again.
        const question = $derived(JSON.stringify(request()));
        this.#question = () => question;
        $effect(() => {
            const asked = JSON.parse(question) as string | Request | null;
            void this.#attempt;
            if (asked === null) {
                this.data = null;
                this.#answered = null;
                this.problem = null;
                this.isLoading = false;
                return;
            }
            const { url, body }: Request = typeof asked === 'string' ? { url: asked } : asked;
            const stop = new AbortController();
            this.isLoading = true;
            const answer = body === undefined ? getJson<T>(url, stop.signal) : postJson<T>(url, body, stop.signal);
            answer.then(
                (data) => {
                    if (stop.signal.aborted) return;
                    this.data = data;
                    this.#answered = question;
                    this.problem = null;
                    this.isOffline = false;
                    this.isLoading = false;
                },
                (error: unknown) => {
                    if (stop.signal.aborted) return;
                    this.isLoading = false;
                    this.isOffline = error instanceof RequestError && error.isOffline;
                    this.problem =
                        error instanceof RequestError
                            ? error.problem
                            : { type: 'about:blank', title: 'Something went wrong', status: 0, detail: String(error) };
                },
            );
            return () => stop.abort();
        });
    }

    /** The answer to what is asked now; null while `data` answers an earlier question, or nothing is known yet. */
    get current(): T | null {
        return this.#answered === this.#question() ? this.data : null;
    }

    retry(): void {
        this.#attempt += 1;
    }
}
