// What may be said of how common a sector is in a place: docs/methods/areas.md has the rules.
import type { Selection } from '../api/types';

export type Quotient = Selection['sectors'][number];
export type Finding = 'more' | 'fewer' | 'alike' | 'few';

/** Below so many firms of a sector nothing is said of it: one more or less would change it. */
export const FEWEST_FIRMS = 5;

export const FINDING_WORDS: Record<Finding, string> = {
    more: 'clearly more than elsewhere',
    fewer: 'clearly fewer than elsewhere',
    alike: 'about as elsewhere',
    few: 'too few to say',
};

export function findingOf({ firms, low, high }: Pick<Quotient, 'firms' | 'low' | 'high'>): Finding {
    if (firms < FEWEST_FIRMS || low === null || high === null) return 'few';
    return low > 1 ? 'more' : high < 1 ? 'fewer' : 'alike';
}

const ORDER: readonly Finding[] = ['more', 'alike', 'fewer', 'few'];

/** The surely common first, by the low end of their interval; then the rest by their quotient; last those too few to say. */
export function sortQuotients(sectors: readonly Quotient[]): { sector: Quotient; finding: Finding }[] {
    const key = ({ low, location_quotient: value }: Quotient, finding: Finding): number => (finding === 'more' ? (low ?? 0) : (value ?? 0));
    return sectors
        .filter((sector) => sector.location_quotient !== null)
        .map((sector) => ({ sector, finding: findingOf(sector) }))
        .sort((a, b) => ORDER.indexOf(a.finding) - ORDER.indexOf(b.finding) || key(b.sector, b.finding) - key(a.sector, a.finding));
}
