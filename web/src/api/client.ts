import type { Problem } from './types';

/** A request that did not succeed, in words fit for the page. */
export class RequestError extends Error {
    constructor(
        readonly problem: Problem,
        /** The server could not be reached at all. */
        readonly isOffline: boolean,
    ) {
        super(problem.detail);
    }
}

const offline: Problem = {
    type: 'about:blank',
    title: 'The server cannot be reached',
    status: 0,
    detail: 'The server cannot be reached: it may be restarting, or the connection is down.',
    remedy: 'Try again in a moment.',
};

/** What stands between us and the server says that it cannot reach it; 503 is the server's own, when it has too much to do. */
const UNREACHED: ReadonlySet<number> = new Set([502, 504]);

async function problemOf(response: Response): Promise<Problem> {
    try {
        const body = (await response.json()) as Partial<Problem>;
        if (typeof body.detail === 'string' && typeof body.title === 'string') {
            return { type: 'about:blank', status: response.status, ...body } as Problem;
        }
    } catch {
        // Not a problem document: say what is known.
    }
    return {
        type: 'about:blank',
        title: 'The server answered with an error',
        status: response.status,
        detail: `The server answered with status ${response.status}.`,
    };
}

async function ask<T>(url: string, init: RequestInit): Promise<T> {
    let response: Response;
    try {
        response = await fetch(url, init);
    } catch (error) {
        if (error instanceof DOMException && error.name === 'AbortError') throw error;
        throw new RequestError(offline, true);
    }
    if (!response.ok) throw new RequestError(await problemOf(response), UNREACHED.has(response.status));
    return (await response.json()) as T;
}

export const getJson = <T>(url: string, signal?: AbortSignal): Promise<T> =>
    ask<T>(url, { headers: { Accept: 'application/json' }, signal: signal ?? null });

export const postJson = <T>(url: string, body: unknown, signal?: AbortSignal): Promise<T> =>
    ask<T>(url, {
        method: 'POST',
        headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
        signal: signal ?? null,
    });
