import { describe, expect, it } from 'vitest';
import { runsOf } from './runs';

const told = (values: (number | null)[], parts: number[]): string[] =>
    runsOf(values.map((value, i) => ({ year: 2010 + i, value })), parts).map(
        ({ points, isPart }) => points.map((p) => p.year - 2000).join('-') + (isPart ? ' part' : ''),
    );

describe('runsOf', () => {
    it('keeps a series that is known throughout in one', () => expect(told([1, 0, 2], [])).toEqual(['10-11-12']));
    it('draws no line over a year that is not known', () => expect(told([1, 2, null, 3, null], [])).toEqual(['10-11', '13']));
    it('sets apart the steps to years held in part', () => {
        expect(told([1, 2, 3, 4], [2010, 2013])).toEqual(['10-11 part', '11-12', '12-13 part']);
        expect(told([1, 2], [2011])).toEqual(['10-11 part']);
        expect(told([1, null, 2], [2010])).toEqual(['10 part', '12']);
    });
    it('has none where nothing is known', () => expect(told([null, null], [2010])).toEqual([]));
});
