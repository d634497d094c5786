// Pages of methods as HTML: markdown with formulas between $ and $$ as in LaTeX, which become MathML.
import { Marked, type TokenizerAndRendererExtension } from 'marked';
import temml from 'temml';

/** The pages come with the program, but are text all the same: raw HTML in them is shown, not run. */
const escape = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** A formula that cannot be read is shown as it is written. */
function mathml(latex: string, displayMode: boolean): string {
    try {
        return temml.renderToString(latex, { displayMode, throwOnError: true, trust: false });
    } catch {
        return `<code>${escape(latex)}</code>`;
    }
}

const extension = (name: string, level: 'block' | 'inline', start: RegExp, whole: RegExp): TokenizerAndRendererExtension => ({
    name,
    level,
    start: (text) => {
        const at = text.search(start);
        return at < 0 ? undefined : at;
    },
    tokenizer: (text) => {
        const found = whole.exec(text);
        return found ? { type: name, raw: found[0], latex: found[1] ?? '' } : undefined;
    },
    renderer: ({ latex }) => mathml(String(latex).trim(), level === 'block'),
});

const marked = new Marked({
    extensions: [
        extension('formula', 'block', /^\$\$/m, /^\$\$([^$]+)\$\$[ \t]*(?:\n+|$)/),
        // Sums of money are no formulas: nothing that begins with a space, or ends before a digit.
        extension('symbol', 'inline', /\$/, /^\$(?=\S)([^$\n]*[^$\s])\$(?!\d)/),
    ],
    renderer: {
        html: ({ text }) => escape(text),
        heading({ tokens, depth }) {
            const level = Math.min(6, depth + 1);
            return depth === 1 ? '' : `<h${level}>${this.parser.parseInline(tokens)}</h${level}>`;
        },
    },
});

/** What may be wider than the screen scrolls by itself, with the keyboard too. */
const scrollable = (html: string): string =>
    html
        .replaceAll('<table>', '<div class="wide" role="group" aria-label="Table" tabindex="0"><table>')
        .replaceAll('</table>', '</table></div>')
        .replaceAll('<pre>', '<pre tabindex="0">');

export const proseOf = (markdown: string): string => scrollable(marked.parse(markdown, { async: false }));
