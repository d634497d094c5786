/** The map is drawn first; what only adorns the page waits for it, but no longer than this. */
const LONGEST_MS = 4000;

/** Whether the page has had its first picture: with a map, once that is drawn. */
class Start {
    isOver = $state(document.documentElement.dataset['start'] === 'page');

    constructor() {
        if (!this.isOver) setTimeout(() => this.end(), LONGEST_MS);
    }

    end(): void {
        this.isOver = true;
        // For the stylesheets: see tokens.css.
        document.documentElement.dataset['start'] = 'over';
    }
}

export const start = new Start();
