import { expect, test } from 'vitest';
import { csvHref, toCsv } from './csv';

test('commas, quotes and lines in a cell stay one cell', () =>
    expect(toCsv(['a', 'b'], [['x, y', 'say "hi"'], ['two\nlines', 3]])).toBe('a,b\r\n"x, y","say ""hi"""\r\n"two\nlines",3'));
test('what is not known is empty, and numbers keep their sign', () => expect(toCsv(['a', 'b'], [[null, -1.5]])).toBe('a,b\r\n,-1.5'));
test('a name that looks like a formula is no formula', () => expect(toCsv(['a'], [['=SUM(A1)']])).toBe("a\r\n'=SUM(A1)"));
test('the link carries the table', () => expect(decodeURIComponent(csvHref(['a'], [['é']]).split(',').slice(1).join(','))).toBe('a\r\né'));
