import type { ClusterRow } from '../api/types';
import { listOf, plural } from './numbers';

/** What is on the map, in one sentence: how many clusters of how many enterprises, and which are the largest. */
export function leadOf(clusters: readonly ClusterRow[], when = ''): string {
    const enterprises = clusters.reduce((sum, cluster) => sum + cluster.enterprise_count, 0);
    const largest = [...clusters].sort((a, b) => b.enterprise_count - a.enterprise_count);
    const names = [...new Set(largest.map(({ name }) => name))].slice(0, 3);
    const [first] = names;
    if (!first) return '';
    const count = `${plural(clusters.length, 'cluster')} of ${plural(enterprises, 'enterprise')}${when}`;
    return clusters.length === 1 ? `${count}: ${first}.` : `${count}; the largest ${names.length === 1 ? 'are in' : 'are'} ${listOf(names)}.`;
}
