import { expect, test } from 'vitest';
import { areasInside, otherNames } from './area';

test('a former name is told with its last day, and where that is from', () =>
    expect(otherNames({ other_names: [{ name: 'Sheffield City Region', kind: 'former', day: '2021-09-17', source: 'A paper' }] })).toEqual([
        { says: 'Called Sheffield City Region until 17 September 2021.', source: 'A paper' },
    ]));
test('a later name and one without a day', () =>
    expect(
        otherNames({
            other_names: [
                { name: 'New', kind: 'later', day: '2026-04-01', source: '' },
                { name: 'Nick', kind: 'other', day: null, source: '' },
            ],
        }).map(({ says }) => says),
    ).toEqual(['Called New from 1 April 2026 on.', 'Called Nick in some files.']));

const child = (name: string, sites: number) => ({ code: name, name, level: 'lower_tier', sites });
test('areas inside are those with sites, the most first, and the others are counted', () => {
    const { shown, others } = areasInside([child('Ayr', 0), child('Bath', 2), child('Ely', 0), child('Leeds', 40)], 'open');
    expect(shown.map(({ name }) => name)).toEqual(['Leeds', 'Bath']);
    expect(others).toBe('2 more areas inside have no firm of this register.');
});
test('one without, none without, and none with', () => {
    expect(areasInside([child('Ayr', 0), child('Bath', 2)], 'open').others).toBe('One more area inside has no firm of this register.');
    expect(areasInside([child('Bath', 2)], 'open').others).toBeNull();
    expect(areasInside([child('Ayr', 0), child('Ely', 0)], 'open')).toEqual({ shown: [], others: 'None of the 2 areas inside has a firm of this register.' });
});
test('where few are withheld, none is not said of them', () =>
    expect(areasInside([child('Ayr', 0), child('Bath', 5)], 'official').others).toMatch(/no firm of this register, or too few to say\.$/));
