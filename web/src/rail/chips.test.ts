import { expect, test } from 'vitest';
import type { Atlas } from '../api/types';
import { DEFAULTS, readUrl, writeUrl, type ViewState } from '../state/url';
import { chipsOf, UNFILTERED } from './chips';

const atlas = { default_sector: 'space' } as Atlas;
const names = {
    sectors: [{ slug: 'space', name: 'Space' }, { slug: 'pharma', name: 'Pharma' }],
    choices: [{ measure: 'enterprise_count', label: 'Enterprises', unit: 'count' }],
    areas: [{ code: 'E47', name: 'South Yorkshire' }],
};
const at = (address: string): ViewState => readUrl(new URL(address, 'http://map.example'));
const texts = (address: string): string[] => chipsOf(at(address), atlas, names).map(({ text }) => text.replace(/\s/g, ' '));

test('the view as it is at first has no chip, nor has its sector when it is named', () => {
    expect(texts('/')).toEqual([]);
    expect(texts('/?sector=space')).toEqual([]);
});
test('every filter of an address is a chip', () =>
    expect(texts('/?sector=pharma&type=diverse&where=enterprise_count:10..&area=E47&year=2020&tune=1500,12')).toEqual([
        'Sector: Pharma', 'Diverse', 'Enterprises: 10 or more', 'South Yorkshire', 'Year 2020', 'Your settings: 1.5 km, 12 sites',
    ]));
test('all sectors, a span of years, a circle and a sector without a name have words of their own', () => {
    expect(texts('/?sector=all&year=2020&window=5')).toEqual(['Sector: all', 'Years 2016 to 2020']);
    expect(texts('/?sector=mining&circle=-1,53,15')).toEqual(['Sector: mining', 'Within 15 km of a point']);
});
test('taking the chips away one by one, or all at once, leads to the address without any', () => {
    const state = at('/?sector=pharma&type=diverse,specialised&where=enterprise_count:10..20&polygon=0,50;1,50;1,51&year=2020&window=3&tune=500,5');
    const one = (from: ViewState): ViewState => {
        const chip = chipsOf(from, atlas, names)[0];
        return chip ? one({ ...from, ...chip.without }) : from;
    };
    expect(writeUrl(one(state))).toBe('/');
    expect(writeUrl({ ...state, ...UNFILTERED })).toBe('/');
    expect(one(state)).toEqual(DEFAULTS);
});
