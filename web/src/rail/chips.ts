// What narrows the view, as words with a way back: a chip for each filter that is not as it is at first.
import type { Atlas, ClusterType } from '../api/types';
import { formatDistance, formatValue } from '../format/numbers';
import { TYPE_LOOKS } from '../map/colours';
import { shownSector } from '../state/query';
import type { Place, Range, Tuning, ViewState } from '../state/url';
import type { MeasureChoice } from './measures';

export interface Chip {
    key: string;
    text: string;
    /** The change that takes it away. */
    without: Partial<ViewState>;
}

/** The names behind what the address holds. */
export interface ChipNames {
    sectors: readonly { slug: string; name: string }[];
    choices: readonly MeasureChoice[];
    areas: readonly { code: string; name: string }[];
}

/** The view as it is at first: the atlas's own sector and nothing that narrows it. */
export const UNFILTERED = { sector: null, types: [], ranges: {}, place: null, year: null, window: 0, tuning: null } satisfies Partial<ViewState>;

function rangeText({ low, high }: Range, unit: string): string {
    if (low !== null && high !== null) return `${formatValue(low, unit)} to ${formatValue(high, unit)}`;
    return low !== null ? `${formatValue(low, unit)} or more` : `up to ${formatValue(high ?? 0, unit)}`;
}

function placeText(place: Place, { areas }: ChipNames): string {
    if (place.kind === 'area') return areas.find((area) => area.code === place.code)?.name ?? place.code;
    return place.kind === 'circle' ? `Within ${formatDistance(place.km)} of a point` : 'Drawn area';
}

const yearText = (year: number, window: number): string => (window > 1 ? `Years ${year - window + 1} to ${year}` : `Year ${year}`);

const tuningText = ({ method, eps_m, min_points }: Tuning): string =>
    `Your settings: ${method === 'hdbscan' ? '' : `${formatDistance(eps_m / 1000)}, `}${min_points} sites`;

function rangeChips({ ranges }: ViewState, choices: readonly MeasureChoice[]): Chip[] {
    return Object.entries(ranges).map(([measure, range]) => {
        const choice = choices.find((c) => c.measure === measure);
        const { [measure]: _, ...others } = ranges;
        return { key: `range ${measure}`, text: `${choice?.label ?? measure}: ${rangeText(range, choice?.unit ?? '')}`, without: { ranges: others } };
    });
}

/** One chip for each filter, from the widest to the narrowest; none where the view is as it is at first. */
export function chipsOf(state: ViewState, atlas: Atlas, names: ChipNames): Chip[] {
    const chips: Chip[] = [];
    const slug = shownSector(state, atlas);
    if (slug !== shownSector({ ...state, sector: null }, atlas)) {
        const name = slug === null ? 'all' : (names.sectors.find((s) => s.slug === slug)?.name ?? slug);
        chips.push({ key: 'sector', text: `Sector: ${name}`, without: { sector: null, tuning: null, open: null } });
    }
    for (const type of state.types) {
        const text = TYPE_LOOKS[type as ClusterType]?.label ?? type;
        chips.push({ key: `type ${type}`, text, without: { types: state.types.filter((t) => t !== type) } });
    }
    chips.push(...rangeChips(state, names.choices));
    if (state.place) chips.push({ key: 'place', text: placeText(state.place, names), without: { place: null } });
    if (state.year !== null) chips.push({ key: 'year', text: yearText(state.year, state.window), without: { year: null, window: 0 } });
    if (state.tuning) chips.push({ key: 'tuning', text: tuningText(state.tuning), without: { tuning: null } });
    return chips;
}
