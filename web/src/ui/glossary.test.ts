import { expect, test } from 'vitest';
import type { Measures } from '../api/types';
import { figureMeasures, glossaryOf } from './glossary';

const told = { label: 'A', unit: 'count', decimals: 0, definition: 'What it is.', method: 'measures', source: 'S', group: 'size', formula: '', caveat: '', better: 'up' };
const answer = {
    measures: [{ ...told, measure: 'employment', label: 'Jobs', available: true, clusters: 3 }],
    terms: [{ ...told, term: 'enterprise_count', label: 'Enterprises' }, { ...told, term: 'list.peer', label: 'Peers' }],
} as Measures;

test('whatever is told is in it, by its name', () =>
    expect([...glossaryOf(answer)].map(([name, { label }]) => `${name}: ${label}`)).toEqual(['enterprise_count: Enterprises', 'list.peer: Peers', 'employment: Jobs']));
test('the counts of a cluster itself are figures, before the measures; its lists are not', () =>
    expect(figureMeasures(answer).map((m) => m.measure)).toEqual(['enterprise_count', 'employment']));
