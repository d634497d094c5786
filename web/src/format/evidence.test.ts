import { expect, test } from 'vitest';
import { evidenceLine, evidenceNote } from './evidence';

const some = { evidence_sources: [{ kind: 'projects' as const, titles: ['CORDIS projects'] }] };
const all = {
    evidence_sources: [
        { kind: 'deals' as const, titles: ['a', 'b', 'c', 'd'] },
        { kind: 'patents' as const, titles: ['Applications'] },
        { kind: 'projects' as const, titles: [] },
    ],
};

test('one source of evidence is named as the only one', () => {
    expect(evidenceLine(some)).toBe('R&D is known here from publicly funded projects only.');
    expect(evidenceNote(some)).toContain('from publicly funded projects (CORDIS projects). It holds no patents or innovation-type investment.');
});
test('all kinds together lack nothing, and long lists of titles stay out', () => {
    expect(evidenceLine(all)).toBe('');
    expect(evidenceNote(all)).toContain('from publicly funded projects, patents (Applications) and innovation-type investment. R&D that');
});
test('without evidence no cluster is said to do no R&D', () => {
    expect(evidenceLine({ evidence_sources: [] })).toContain('no evidence');
    expect(evidenceNote({ evidence_sources: [] })).toContain('whatever its firms do');
});
