// Every figure on a profile, an area, a firm, the table and a comparison says what it means, by pointer and by keyboard, and can be
// taken away as a file that holds it.
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Areas, ClusterProfile, Measures, Members } from '../src/api/types';
import { ask, base, launch, mapReady, visit, world, type World } from './world';

let browser: Browser;
let it: World;
let told: Measures;
let names: Map<string, string>;
beforeAll(async () => {
    [browser, it, told] = await Promise.all([launch(), world(), ask<Measures>('/api/measures')]);
    names = new Map([...told.measures.map((m): [string, string] => [m.measure, m.definition]), ...told.terms.map((t): [string, string] => [t.term, t.definition])]);
});
afterAll(() => browser?.close());

/** Texts with a digit that stand in no part that says what it tells. Names, sentences made of figures, and controls are none. */
const unexplained = (root: Locator): Promise<string[]> =>
    root.evaluate((element) => {
        const found: string[] = [];
        const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        for (let node = texts.nextNode(); node; node = texts.nextNode()) {
            const parent = node.parentElement;
            if (!parent || !/\d/.test(node.textContent ?? '')) continue;
            if (parent.closest('h1, h2, h3, a, button, footer, thead, .summary, .note, summary, style, option, label')) continue;
            const part = parent.closest('[data-told]');
            if (!part?.querySelector('[data-term] button')) found.push((node.textContent ?? '').trim());
        }
        return found;
    });

/** RFC 4180. */
function readCsv(text: string): string[][] {
    const rows: string[][] = [[]];
    for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
        rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
        if (end === '') break;
        if (end !== ',') rows.push([]);
    }
    return rows.filter((row) => row.length > 1);
}

interface Explained {
    term: string;
    note: string;
    href: string;
}

const noteOf = (mark: Locator): Promise<Explained> =>
    mark.evaluate((element) => {
        const note = element.querySelector('[role="note"]');
        const box = note?.getBoundingClientRect();
        const isSeen = box && box.width > 0 && box.left >= 0 && box.right <= innerWidth && box.top >= 0 && box.bottom <= innerHeight + 1;
        return {
            term: (element as HTMLElement).dataset['term'] ?? '',
            note: isSeen ? (note?.textContent ?? '') : '',
            href: note?.querySelector('a[download]')?.getAttribute('href') ?? '',
        };
    });

/** What the pointer finds over each mark. */
async function byPointer(root: Locator): Promise<Explained[]> {
    const found: Explained[] = [];
    for (const mark of await root.locator('[data-term]').all()) {
        if (!(await mark.isVisible())) continue;
        await mark.getByRole('button').hover();
        await mark.getByRole('note').waitFor();
        found.push(await noteOf(mark));
        await mark.page().keyboard.press('Escape');
    }
    return found;
}

/** Which marks show their note while Tab goes through the page from its start. */
async function byKeyboard(page: Page, most = 900): Promise<Set<string>> {
    const found = new Set<string>();
    await page.mouse.move(0, 0);
    await page.evaluate(() => document.querySelector<HTMLElement>('a[href], button, input')?.focus());
    for (let i = 0; i < most; ++i) {
        await page.keyboard.press('Tab');
        const here = await page.evaluate(() => {
            const mark = document.activeElement?.closest<HTMLElement>('[data-term]');
            return { isOver: document.activeElement === document.body, term: mark?.querySelector('[role="note"]')?.textContent?.trim() ? mark.dataset['term'] : undefined };
        });
        if (here.term) found.add(here.term);
        if (here.isOver && i > 3) break;
    }
    return found;
}

/** The file is there and has rows under a head; given back, for what it must hold. */
async function fileOf(href: string): Promise<{ head: string[]; rows: string[][] }> {
    const answer = await fetch(new URL(href, base));
    expect(answer.status, href.slice(0, 200)).toBe(200);
    const [head = [], ...rows] = readCsv(await answer.text());
    expect(head.slice(-2), href.slice(0, 200)).toEqual(['data_source', 'data_licence']);
    expect(rows.length, href.slice(0, 200)).toBeGreaterThan(0);
    return { head, rows };
}

/** All of it: nothing without a definition, each definition the server's own, each file there. */
async function walk(page: Page, root: Locator): Promise<Explained[]> {
    expect(await unexplained(root)).toEqual([]);
    const found = await byPointer(root);
    expect(found.length).toBeGreaterThan(3);
    for (const { term, note, href } of found) {
        expect(names.has(term), term).toBe(true);
        expect(note, term).toContain(names.get(term));
        expect(href, `${term} has no file`).not.toBe('');
        await fileOf(href);
    }
    const reached = await byKeyboard(page);
    expect([...new Set(found.map(({ term }) => term))].filter((term) => !reached.has(term))).toEqual([]);
    return found;
}

test('a profile: the page of a cluster', async () => {
    const cluster = it.clusters[0]!;
    const profile = await ask<ClusterProfile>(`/api/clusters/${cluster.slug}`);
    const { page, context, faults } = await visit(browser, `/clusters/${cluster.slug}`, { height: 1400 });
    await page.getByRole('heading', { name: 'How sure we are' }).waitFor();
    await page.waitForLoadState('networkidle');
    for (const details of await page.locator('details > summary').all()) await details.click();
    const found = await walk(page, page.getByRole('article'));
    // The file of a figure holds that figure, of that cluster, and its years where a line shows them.
    for (const figure of profile.figures) {
        const { href } = found.find(({ term }) => term === figure.measure) ?? expect.fail(`${figure.measure} is not on the page`);
        const { head, rows } = await fileOf(href);
        const cell = (row: string[], column: string): string => row[head.indexOf(column)] ?? '';
        const own = rows.find((row) => cell(row, 'kind') === 'figure') ?? expect.fail(figure.measure);
        expect([cell(own, 'measure'), cell(own, 'cluster')]).toEqual([figure.measure, cluster.slug]);
        if (figure.value === null) expect(cell(own, 'missing_reason')).toBe(figure.missing_reason);
        else if (!figure.measure.startsWith('is_')) expect(Math.abs(Number(cell(own, 'value')) - figure.value)).toBeLessThanOrEqual(Math.max(0.51, Math.abs(figure.value) * 0.01));
    }
    const lists = Object.entries(profile.items).filter(([list]) => names.has(`list.${list}`));
    for (const [list, items] of lists) {
        const { rows } = await fileOf(found.find(({ term }) => term === `list.${list}`)?.href ?? expect.fail(`${list} is not on the page`));
        expect(rows.map((row) => row[3])).toEqual(items.map((item) => item.label));
    }
    expect(faults).toEqual([]);
    await context.close();
});

test('key figures: a place among peers and a course, each with words', async () => {
    const profile = await ask<ClusterProfile>(`/api/clusters/${it.clusters[0]!.slug}`);
    const { page, context } = await visit(browser, `/clusters/${profile.slug}`);
    const box = page.locator('[data-told="enterprise_count"]').first();
    await box.waitFor();
    const own = profile.figures.find((f) => f.measure === 'enterprise_count')!;
    if (own.rank !== null && (own.ranked_of ?? 0) > 1) await box.getByText(new RegExp(`^(joint )?${own.rank}(st|nd|rd|th) of ${own.ranked_of}$`)).waitFor();
    const years = profile.years.filter((y) => y.enterprises > 0);
    if (profile.years.length > 2) await box.getByRole('img', { name: new RegExp(`^Enterprises alive at the end of the year: .* in ${profile.years[0]!.year}, .* in ${years.at(-1)!.year}$`) }).waitFor();
    // A quotient is not known year by year: no empty line stands for it.
    expect(await page.locator('dl > [data-told="location_quotient"]').first().getByRole('img').count()).toBe(0);
    await context.close();
});

test('an area and a firm: the panel', async (here) => {
    const { areas } = await ask<Areas>('/api/areas');
    const area = areas.sort((a, b) => b.clusters - a.clusters)[0];
    const cluster = it.clusters[0]!;
    if (!area?.clusters || !it.atlas.has.firms) return here.skip();
    const firm = (await ask<Members>(`/api/clusters/${cluster.slug}/members?limit=1`)).members[0]!;
    for (const path of [`/?area=${area.code}`, `/?firm=${firm.company_number}`]) {
        const { page, context, faults } = await visit(browser, path, { height: 1400 });
        const panel = page.getByRole('complementary', { name: 'Profile' });
        await panel.getByRole('heading', { level: 2 }).waitFor();
        await mapReady(page);
        if (path.includes('area')) expect(await unexplained(panel)).toEqual([]);
        const found = await byPointer(panel);
        expect(found.length).toBeGreaterThan(1);
        for (const { term, note, href } of found) {
            expect(note, term).toContain(names.get(term));
            if (!(term === 'firm.employees' || term === 'firm.turnover_gbp' || term === 'firm.evidence')) await fileOf(href);
            else expect((await fetch(new URL(href, base))).status).toBe(200);
        }
        expect(faults).toEqual([]);
        await context.close();
    }
});

test('the table: each heading of a figure', async () => {
    const { page, context, faults } = await visit(browser, `/?sector=${it.sector.slug}&table=full`);
    await mapReady(page);
    const table = page.getByRole('region', { name: 'Table of clusters' });
    const heads = await table.locator('thead th.figure').count();
    expect(await table.locator('thead th[data-told]').count()).toBe(heads);
    expect(await table.locator('tbody tr').first().locator('td.figure').count()).toBe(heads);
    const found = await byPointer(table);
    expect(found.length).toBe(heads);
    for (const { term, note, href } of found) {
        expect(note, term).toContain(names.get(term));
        const { head, rows } = await fileOf(href);
        expect(rows.length).toBe(await ask<{ number_matched: number }>(`/api/clusters?sector=${it.sector.slug}&limit=0`).then((list) => list.number_matched));
        expect(head, term).toContain(term);
    }
    const reached = await byKeyboard(page, 200);
    expect(found.map(({ term }) => term).filter((term) => !reached.has(term))).toEqual([]);
    expect(faults).toEqual([]);
    await context.close();
});

describe('a comparison', () => {
    test('of clusters: figures, years and partners', async (here) => {
        const compared = it.clusters.slice(0, 3);
        if (compared.length < 2) return here.skip();
        const { page, context, faults } = await visit(browser, `/compare?compare=${compared.map((c) => c.slug).join(',')}`, { height: 1400 });
        await page.getByRole('columnheader', { name: compared[1]!.name }).first().waitFor();
        await page.waitForLoadState('networkidle');
        const found = await walk(page, page.getByRole('main'));
        const { head, rows } = await fileOf(found.find(({ term }) => term === 'enterprise_count')?.href ?? expect.fail('Enterprises are not compared'));
        expect(rows.map((row) => [row[head.indexOf('of')], row[head.indexOf('value')]])).toEqual(compared.map((c) => [c.name, String(c.enterprise_count)]));
        // Each chart has its table, which holds each of those compared.
        const chart = page.locator('figure').first();
        await chart.getByRole('button', { name: /^Table: / }).click();
        expect(await chart.getByRole('columnheader').count()).toBe(compared.length + 1);
        for (const { name } of compared) expect(await chart.getByRole('img').getAttribute('aria-label')).toContain(name);
        expect(faults).toEqual([]);
        await context.close();
    });
    test('of areas: totals, quotients, years and partners', async (here) => {
        const { areas } = await ask<Areas>('/api/areas');
        const two = areas.filter((a) => a.clusters > 0).sort((a, b) => b.clusters - a.clusters).slice(0, 2);
        if (two.length < 2) return here.skip();
        const { page, context, faults } = await visit(browser, `/compare?compare=${two.map((a) => `area:${a.code}`).join(',')}`, { height: 1400 });
        await page.getByRole('rowheader', { name: 'Active firms' }).waitFor();
        await page.waitForLoadState('networkidle');
        await walk(page, page.getByRole('main'));
        await page.getByRole('heading', { name: 'Over the years' }).waitFor();
        expect(faults).toEqual([]);
        await context.close();
    });
});
