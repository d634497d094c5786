import type { Area, Selection } from '../api/types';
import { formatCount, formatDate, plural } from '../format/numbers';

/** What else an area is called: "Called Sheffield City Region until 17 September 2021." */
export function otherNames({ other_names }: Pick<Area, 'other_names'>): { says: string; source: string }[] {
    return other_names.map(({ name, kind, day, source }) => {
        const at = day ? formatDate(day) : '';
        const says =
            kind === 'former' ? `Called ${name} until ${at}.` : kind === 'later' ? `Called ${name} from ${at} on.` : `Called ${name} in some files.`;
        return { says, source };
    });
}

type Child = NonNullable<Selection['children']>[number];

/** Areas inside with sites, those of most sites first, and a sentence about the others; null where all have some. */
export function areasInside(children: readonly Child[], disclosure: 'open' | 'official'): { shown: Child[]; others: string | null } {
    const shown = children.filter(({ sites }) => sites > 0).sort((a, b) => b.sites - a.sites || a.name.localeCompare(b.name));
    const none = children.length - shown.length;
    const what = disclosure === 'official' ? 'no firm of this register, or too few to say' : 'no firm of this register';
    const who = shown.length === 0 ? `None of the ${plural(none, 'area')} inside` : none === 1 ? 'One more area inside' : `${formatCount(none)} more areas inside`;
    const has = shown.length > 0 ? `${none === 1 ? 'has' : 'have'} ${what}.` : disclosure === 'official' ? 'has enough firms to say.' : 'has a firm of this register.';
    return { shown, others: none === 0 ? null : `${who} ${has}` };
}
