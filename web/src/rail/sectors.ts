import type { Sector, SectorType } from '../api/types';

export const SECTOR_TYPE_LABELS: Record<SectorType, string> = {
    industrial_strategy: 'Industrial Strategy',
    frontier: 'Frontier industries',
    technology: 'Technologies',
    sic: 'Industries by SIC code',
    user: 'Your own sectors',
};

export interface SectorNode {
    sector: Sector;
    children: SectorNode[];
}

export interface SectorGroup {
    type: SectorType;
    label: string;
    roots: SectorNode[];
}

/** Sectors by type, each under its parent; a parent of another type heads its own tree only. Empty branches are left out. */
export function sectorGroups(sectors: readonly Sector[], order: readonly SectorType[]): SectorGroup[] {
    const nodes = new Map(sectors.map((sector) => [sector.slug, { sector, children: [] } as SectorNode]));
    const groups = new Map<SectorType, SectorNode[]>(order.map((type) => [type, []]));
    for (const node of nodes.values()) {
        const parent = node.sector.parent ? nodes.get(node.sector.parent) : undefined;
        if (parent && parent.sector.type === node.sector.type) parent.children.push(node);
        else groups.get(node.sector.type)?.push(node);
    }
    return [...groups]
        .map(([type, roots]) => ({ type, label: SECTOR_TYPE_LABELS[type], roots: roots.filter(hasClusters) }))
        .filter((group) => group.roots.length > 0);
}

/** Whether there is anything to show in a sector or below it. */
export function hasClusters(node: SectorNode): boolean {
    return node.sector.clusters > 0 || node.children.some(hasClusters);
}

/** The part of a tree whose names hold the words, with the way there. */
export function matching(nodes: readonly SectorNode[], words: string): SectorNode[] {
    const wanted = words.toLocaleLowerCase('en-GB').trim();
    if (!wanted) return [...nodes];
    return nodes.flatMap((node) => {
        const children = matching(node.children, wanted);
        const isHit = node.sector.name.toLocaleLowerCase('en-GB').includes(wanted);
        return isHit || children.length > 0 ? [{ sector: node.sector, children: isHit ? node.children : children }] : [];
    });
}

/** Whether the tree below a node holds a sector. */
export function holds(node: SectorNode, slug: string | null): boolean {
    return node.children.some((child) => child.sector.slug === slug || holds(child, slug));
}
