import type { ClusterRow } from '../api/types';
import { listOf, plural } from './numbers';

/**
 * How many clusters, and of how many enterprises; where they are of several sectors, of how many sectors:
 * an enterprise is in a cluster of each of its sectors, so that the sum would count it more than once.
 */
export function countOf(clusters: readonly ClusterRow[], between = ' of '): string {
    const count = plural(clusters.length, 'cluster');
    const sectors = new Set(clusters.map(({ sector }) => sector.slug)).size;
    if (sectors > 1) return `${count} in ${plural(sectors, 'sector')}`;
    return count + between + plural(clusters.reduce((sum, cluster) => sum + cluster.enterprise_count, 0), 'enterprise');
}

/** What is on the map, in one sentence: how many clusters, and which are the largest. */
export function leadOf(clusters: readonly ClusterRow[], when = ''): string {
    const largest = [...clusters].sort((a, b) => b.enterprise_count - a.enterprise_count);
    const names = [...new Set(largest.map(({ name }) => name))].slice(0, 3);
    const [first] = names;
    if (!first) return '';
    const count = countOf(clusters) + when;
    if (names.length === clusters.length) return `${count}: ${listOf(names)}.`;
    return `${count}; the largest ${names.length === 1 ? 'are in' : 'are'} ${listOf(names)}.`;
}
