import { expect, test } from 'vitest';
import { TRAVEL } from './travel';

test('a longer journey reaches further, in whole kilometres', () => {
    const reach = TRAVEL.map(({ km }) => km);
    expect(reach).toEqual([...reach].sort((a, b) => a - b));
    expect(new Set(reach).size).toBe(reach.length);
    expect(reach.every(Number.isInteger)).toBe(true);
});
test('half an hour by car is nearer than 22.5 km of road', () => expect(TRAVEL.find(({ label }) => label === '30 minutes by car')?.km).toBe(17));
