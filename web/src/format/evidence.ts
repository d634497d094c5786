// What the atlas can know firms by as active in R&D, so that nobody takes what is not known for what is not there.
import type { Atlas } from '../api/types';
import { listOf } from './numbers';

type Kind = Atlas['evidence_sources'][number]['kind'];

const WORDS: Record<Kind, string> = {
    projects: 'publicly funded projects',
    patents: 'patents',
    deals: 'innovation-type investment',
};
const MOST_TITLES = 3;

type Known = Pick<Atlas, 'evidence_sources'>;

const KINDS = Object.keys(WORDS) as Kind[];
const inOrder = ({ evidence_sources: sources }: Known): Atlas['evidence_sources'] =>
    [...sources].sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind));

/** "publicly funded projects (CORDIS projects)"; empty where the atlas knows nothing. */
function known(atlas: Known): string {
    return listOf(
        inOrder(atlas).map(({ kind, titles }) => (titles.length > 0 && titles.length <= MOST_TITLES ? `${WORDS[kind]} (${titles.join('; ')})` : WORDS[kind])),
    );
}

/** What the atlas does not hold that elsewhere counts as evidence. */
function unknown({ evidence_sources: sources }: Known): string {
    const held = new Set(sources.map(({ kind }) => kind));
    return listOf(KINDS.filter((kind) => !held.has(kind)).map((kind) => WORDS[kind]));
}

/** One line for a legend; empty where the atlas holds evidence of every kind. */
export function evidenceLine(atlas: Known): string {
    if (!unknown(atlas)) return '';
    const words = listOf(inOrder(atlas).map(({ kind }) => WORDS[kind]));
    return words ? `R&D is known here from ${words} only.` : 'This atlas holds no evidence of R&D.';
}

/** The whole of it, for a profile. */
export function evidenceNote(atlas: Known): string {
    const [has, lacks] = [known(atlas), unknown(atlas)];
    if (!has) return 'This atlas holds no evidence of R&D: no cluster can be marked as active in it, whatever its firms do.';
    const gap = lacks ? ` It holds no ${lacks.replace(' and ', ' or ')}.` : '';
    return `This atlas knows of R&D from ${has}.${gap} R&D that leaves no trace there is not seen: no evidence is not evidence of none.`;
}
