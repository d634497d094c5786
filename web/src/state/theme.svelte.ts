export type Theme = 'light' | 'dark';

/** Light or dark: the reader's choice, else the system's. */
class ThemeChoice {
    current = $state<Theme>(document.documentElement.dataset['theme'] === 'dark' ? 'dark' : 'light');

    toggle(): void {
        this.current = this.current === 'dark' ? 'light' : 'dark';
        document.documentElement.dataset['theme'] = this.current;
        try {
            localStorage.setItem('theme', this.current);
        } catch {
            // Storage may be forbidden: the choice then lasts for this page.
        }
    }
}

export const theme = new ThemeChoice();
