// What everything that is told means: the measures and the other terms of the server, by their names.
import { getContext, setContext } from 'svelte';
import type { Measure, Measures } from '../api/types';

export interface Definition {
    label: string;
    definition: string;
    source: string;
    caveat?: string;
    method: string;
}
export type Glossary = ReadonlyMap<string, Definition>;

/** Of measures and terms alike; a term's name is never a measure's. */
export const glossaryOf = ({ measures, terms }: Measures): Glossary =>
    new Map<string, Definition>([...terms.map((term): [string, Definition] => [term.term, term]), ...measures.map((m): [string, Definition] => [m.measure, m])]);

/** What a cluster tells of itself, as measures: those terms that belong to no list, year or area. They come first, as they do in a profile. */
export const figureMeasures = ({ measures, terms }: Measures): Measure[] => [
    ...terms
        .filter(({ term }) => !term.includes('.'))
        .map(({ term, ...rest }): Measure => ({ measure: term, ...rest, available: true, clusters: 0 })),
    ...measures,
];

const KEY = Symbol('glossary');
/** To be called while the outermost component is set up. */
export const provideGlossary = (glossary: Glossary): Glossary => setContext(KEY, glossary);
/** To be called while a component is set up. */
export const useGlossary = (): Glossary => getContext<Glossary | undefined>(KEY) ?? new Map();
