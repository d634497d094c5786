import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { proseOf } from './prose';

test('a formula of its own line is MathML, and the text goes on below it', () => {
    const html = proseOf('## Quotient\n$$LQ = \\frac{m / n}{S / N}$$\nwith *m* sites');
    expect(html).toMatch(/<h3>Quotient<\/h3>\s*<math display="block"[^>]*>.*<mfrac>.*<\/math>\s*<p>with <em>m<\/em> sites<\/p>/s);
    expect(html).not.toContain('$');
});
test('a formula after text without a blank line is one too', () => expect(proseOf('text\n$$x_i$$\nmore')).toMatch(/<p>text<\/p>\s*<math.*<p>more<\/p>/s));
test('a formula in a sentence, and its signs are no markdown', () => {
    const html = proseOf('where $a_i * b * c_i$ holds');
    expect(html).toMatch(/^<p>where <math>.*<\/math> holds<\/p>/s);
    expect(html).not.toContain('<em>');
});
test('sums of money are no formula', () => expect(proseOf('from $5 to $10, or $ 3 and $')).not.toContain('<math'));
test('neither HTML nor what a formula might hold of it is run', () => {
    const html = proseOf('<img src=x onerror=alert(1)>\n\n$$\\text{<img src=x onerror=alert(1)>}$$\n\n$\\href{javascript:alert(1)}{x}$');
    expect(html).not.toContain('<img');
    expect(html).not.toContain('<a');
    expect(html).not.toContain('href="');
});
test('what cannot be read is shown as it is written', () => expect(proseOf('$$\\frac{<b>$$')).toContain('<code>\\frac{&lt;b&gt;</code>'));

const METHODS = new URL('../../../docs/methods/', import.meta.url);
test.each(readdirSync(METHODS).filter((name) => name.endsWith('.md')))('every formula of %s can be read', (name) => {
    const text = readFileSync(new URL(name, METHODS), 'utf8');
    const html = proseOf(text);
    expect(html.match(/<math /g)?.length ?? 0).toBe(text.match(/^\$\$/gm)?.length ?? 0);
    expect(html).not.toContain('$');
});
