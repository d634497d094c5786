import { expect, test } from 'vitest';
import { linesOf } from './short_label';

test('universities are told apart by their towns, not cut at "The University of"', () => {
    expect(linesOf('The University of Sheffield')).toEqual(['Univ. of', 'Sheffield']);
    expect(linesOf('THE UNIVERSITY OF LEEDS')[1]).toBe('LEEDS');
});
test('what a company is by law is left out', () => expect(linesOf('GALDIA LIMITED')).toEqual(['GALDIA']));
test('a long name ends in an ellipsis in its second line', () => expect(linesOf('Semiconductors Innovation Centre Bristol').at(-1)).toMatch(/…$/));
