// Numbers as people read them: rounded, grouped, with their unit. Full precision belongs to downloads.

/** Joins a number to its unit without letting a line break between them. */
const THIN = '\u202f';
const NO_BREAK = '\u00a0';

/** The units that `reference/measures.toml` uses. */
export type Unit = string;

const grouped = (value: number, decimals: number): string =>
    value.toLocaleString('en-GB', { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).replace('-', '−');

function significant(value: number, digits: number): number {
    if (value === 0) return 0;
    const scale = 10 ** (digits - 1 - Math.floor(Math.log10(Math.abs(value))));
    return Math.round(value * scale) / scale;
}

/** "1.2 million", "340 million", "2.1 billion"; below a million three significant figures. */
function large(value: number): string {
    const size = Math.abs(value);
    for (const [limit, word] of [
        [1e9, 'billion'],
        [1e6, 'million'],
    ] as const) {
        // 999,950,000 would round to "1,000 million": it is a billion.
        if (size >= limit * 0.9995) {
            const scaled = value / limit;
            return `${grouped(scaled, Math.abs(scaled) < 99.95 ? 1 : 0).replace(/\.0$/, '')}${NO_BREAK}${word}`;
        }
    }
    return size < 1e4 ? grouped(value, 0) : grouped(significant(value, 3), 0);
}

export const formatCount = (value: number): string => large(value);

export const formatMoney = (value: number): string => (value < 0 ? `−£${large(-value)}` : `£${large(value)}`);

/**
 * A share of 0–1 as a percentage: whole from 10 % up, one decimal below and where it would round to all,
 * "under 0.1 %" for the tiny, "over 99.9 %" for nearly all.
 */
export function formatShare(share: number): string {
    const percent = share * 100;
    const size = Math.abs(percent);
    const isNearlyAll = size >= 99.5 && size < 100 - 1e-7;
    if (size > 0 && size < 0.05) return `under 0.1${THIN}%`;
    if (isNearlyAll && percent >= 99.95) return `over 99.9${THIN}%`;
    return `${grouped(percent, (size >= 9.95 && !isNearlyAll) || size === 0 ? 0 : 1)}${THIN}%`;
}

/** A quotient: one decimal, two below 0.1, one figure below 0.01, none from 100 up; "under 0.0001" for the tiny. */
export function formatRatio(value: number): string {
    const size = Math.abs(value);
    if (size > 0 && size < 0.00005) return 'under 0.0001';
    if (size > 0 && size < 0.0095) return significant(value, 1).toLocaleString('en-GB', { maximumFractionDigits: 4 });
    return grouped(value, size >= 99.5 ? 0 : size < 0.095 && size > 0 ? 2 : 1);
}

export const formatYear = (value: number): string => String(Math.round(value));

/** Nothing is known to the metre: what would round to nought is under 50 m. */
export const formatDistance = (kilometres: number): string =>
    kilometres < 0.025
        ? `under 50${NO_BREAK}m`
        : kilometres < 0.975
        ? `${grouped(Math.round(kilometres * 20) * 50, 0)}${NO_BREAK}m`
        : `${grouped(kilometres, kilometres < 9.95 ? 1 : 0)}${NO_BREAK}km`;

/** Any measure's value in its unit. */
export function formatValue(value: number, unit: Unit): string {
    switch (unit) {
        case 'gbp':
            return formatMoney(value);
        case 'share':
            return formatShare(value);
        case 'ratio':
            return formatRatio(value);
        case 'year':
            return formatYear(value);
        case 'km':
            return formatDistance(value);
        case 'km2':
            return `${formatCount(value)}${NO_BREAK}km²`;
        case 'count':
            // What is expected by chance is a count too, and seldom whole.
            return Number.isInteger(value) || Math.abs(value) >= 10 ? formatCount(value) : formatRatio(value);
        default:
            return Number.isInteger(value) ? formatCount(value) : formatRatio(value);
    }
}

/** As `formatValue`, in few letters: "£134k", "£3.2m", "12k"; where texts stand side by side in little room. */
export function formatShort(value: number, unit: Unit): string {
    if (unit !== 'gbp' && unit !== 'count' && unit !== 'jobs') return formatValue(value, unit);
    const size = Math.abs(value);
    for (const [limit, letter] of [
        [1e9, 'bn'],
        [1e6, 'm'],
        [1e3, 'k'],
    ] as const) {
        if (size < Math.max(limit, 1e4) * 0.9995) continue;
        const scaled = size / limit;
        const text = grouped(scaled, scaled < 99.95 ? 1 : 0).replace(/\.0$/, '');
        return `${value < 0 ? '−' : ''}${unit === 'gbp' ? '£' : ''}${text}${letter}`;
    }
    return formatValue(value, unit);
}

/** "2.3 (1.8–2.9)"; only the value when the interval is not known. */
export function formatInterval(
    value: number,
    low: number | null | undefined,
    high: number | null | undefined,
    unit: Unit,
): string {
    const text = formatValue(value, unit);
    if (low == null || high == null) return text;
    return `${text} (${formatValue(low, unit)}–${formatValue(high, unit)})`;
}

/** "4th of 38". */
export function formatRank(rank: number, of: number): string {
    return `${ordinal(rank)} of ${formatCount(of)}`;
}

export function ordinal(n: number): string {
    const lastTwo = n % 100;
    const ending = lastTwo >= 11 && lastTwo <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
    return `${grouped(n, 0)}${ending}`;
}

/** "1 firm", "3,400 firms". */
export function plural(n: number, one: string, many = `${one}s`): string {
    return `${formatCount(n)} ${n === 1 ? one : many}`;
}

/** "a, b and c"; "a; b; and c and d" where one of them holds an "and". */
export function listOf(words: readonly string[]): string {
    if (words.length < 2) return words.join('');
    if (words.some((word) => word.includes(' and '))) return `${words.slice(0, -1).join('; ')}; and ${words[words.length - 1]}`;
    return `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}

const BYTES = ['bytes', 'kB', 'MB', 'GB'] as const;

export function formatBytes(bytes: number): string {
    let size = bytes;
    let step = 0;
    while (size >= 1000 && step < BYTES.length - 1) {
        size /= 1000;
        ++step;
    }
    return `${grouped(size, step > 1 && size < 10 ? 1 : 0)}${NO_BREAK}${BYTES[step]}`;
}

/** "1 November 2024"; what is not a date comes back as it came. */
export function formatDate(iso: string): string {
    const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso);
    if (!match) return iso;
    const date = new Date(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])));
    return date.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
}

const COUNTED: Readonly<Record<string, string>> = {
    firms: 'firm', enterprises: 'enterprise', projects: 'project', deals: 'deal', employees: 'job', jobs: 'job', clusters: 'cluster',
};

/** "1 enterprise", "12 enterprises": a number of things that can be counted; null for another unit. */
export function countedUnit(value: number, unit: Unit): string | null {
    const word = COUNTED[unit];
    return word === undefined ? null : plural(value, word);
}
