import type { Area, Atlas } from '../api/types';

/**
 * The areas that can be chosen: those the register has a site in, and the one that is chosen. Under official disclosure
 * all of them: nought sites may be withheld ones.
 */
export const choosable = ({ disclosure }: Pick<Atlas, 'disclosure'>, areas: readonly Area[], chosen = ''): Area[] =>
    areas.filter(({ sites, code }) => disclosure !== 'open' || sites > 0 || code === chosen);
