import { expect, test } from 'vitest';
import { csvHref, csvName, toCsv } from './csv';

const example = { is_example: true, data_source: 'Example data, made up: Tiny', data_licence: 'OGL-UK-3.0' };

test('commas, quotes and lines in a cell stay one cell', () =>
    expect(toCsv(['a', 'b'], [['x, y', 'say "hi"'], ['two\nlines', 3]])).toBe('a,b\r\n"x, y","say ""hi"""\r\n"two\nlines",3'));
test('what is not known is empty, and numbers keep their sign', () => expect(toCsv(['a', 'b'], [[null, -1.5]])).toBe('a,b\r\n,-1.5'));
test('a name that looks like a formula is no formula, a number in a text is none either', () =>
    expect(toCsv(['a'], [['=SUM(A1)'], ['＝1'], ['-1.5'], ['-a']])).toBe("a\r\n'=SUM(A1)\r\n'＝1\r\n-1.5\r\n'-a"));
test('the link carries the table, and in each row whose data it is', () =>
    expect(decodeURIComponent(csvHref(example, ['a'], [['é'], ['b']]).split(',').slice(1).join(','))).toBe(
        'a,data_source,data_licence\r\né,"Example data, made up: Tiny",OGL-UK-3.0\r\nb,"Example data, made up: Tiny",OGL-UK-3.0',
    ));
test('a file of example data is called so', () =>
    expect([csvName(example, 'a.csv'), csvName({ ...example, is_example: false }, 'a.csv')]).toEqual(['example-data-a.csv', 'a.csv']));
