import { asWritten, DEFAULTS, readUrl, writeUrl, type Question, type ViewState } from './url';

/**
 * The one owner of the page's state. Components read `view.state` and ask for changes with `go`; the address is written
 * first and the state follows it.
 */
class View {
    state = $state.raw<ViewState>(DEFAULTS);
    #asked: Question = DEFAULTS;
    /** The same object until something other than the camera changes, so that moving the map asks and draws nothing anew. */
    question = $derived.by((): Question => {
        const { camera: _, ...question } = this.state;
        const keys = Object.keys(question) as (keyof Question)[];
        if (keys.some((key) => question[key] !== this.#asked[key])) this.#asked = question;
        return this.#asked;
    });

    /** Follows the browser's address from now on. Call once. */
    start(): void {
        this.state = readUrl(new URL(location.href));
        addEventListener('popstate', () => (this.state = readUrl(new URL(location.href))));
    }

    /** `replace` for what is not worth a step of the Back button: moving the map, dragging a slider. */
    go(patch: Partial<ViewState>, how: 'push' | 'replace' = 'push'): void {
        const next = { ...this.state, ...patch };
        if (patch.place) next.place = asWritten(patch.place);
        const url = writeUrl(next);
        if (url !== location.pathname + location.search) {
            if (how === 'push') history.pushState(null, '', url);
            else history.replaceState(null, '', url);
        }
        this.state = next;
    }

    /** The address that a change would lead to, for links. */
    href(patch: Partial<ViewState>): string {
        return writeUrl({ ...this.state, ...patch });
    }
}

export const view = new View();
