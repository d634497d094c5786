import { expect, test } from 'vitest';
import type { Atlas, Measure } from '../api/types';
import { tableColumns } from '../table/columns';
import { measureChoices } from './measures';

const measure = (name: string, available = true): Measure =>
    ({ measure: name, label: name, unit: 'share', group: 'age', decimals: 0, definition: '', method: '', source: '', available, clusters: 1 });
const atlasWith = (...measures: string[]): Atlas => ({ measures }) as unknown as Atlas;

test('growth of enterprises and of jobs can be filtered by, and are columns, where the atlas holds them', () => {
    const held = ['young_share', 'jobs_growth_5y', 'enterprise_growth_5y'];
    const choices = measureChoices(atlasWith(...held), held.map((name) => measure(name)));
    const names = choices.map((choice) => choice.measure);
    expect(names.filter((name) => name.includes('growth'))).toEqual(['enterprise_growth_5y', 'jobs_growth_5y']);
    expect(tableColumns(choices, []).map((choice) => choice.measure)).toContain('enterprise_growth_5y');
    expect(choices.find((choice) => choice.measure === 'jobs_growth_5y')?.group).toBe('age');
});
test('what no cluster has is offered nowhere', () => {
    const choices = measureChoices(atlasWith('jobs_growth_1y'), [measure('jobs_growth_1y'), measure('enterprise_growth_5y', false)]);
    expect(choices.map((choice) => choice.measure)).not.toContain('enterprise_growth_5y');
});
test('what a cluster tells of itself is offered once, though the server defines it as well', () => {
    const choices = measureChoices(atlasWith(), [measure('enterprise_count'), measure('extent_km')]);
    expect(choices.map((choice) => choice.measure)).toEqual(['enterprise_count', 'site_count', 'area_km2', 'extent_km']);
});
