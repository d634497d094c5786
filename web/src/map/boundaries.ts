// Which boundaries of areas the map shows, and where their names stand.
import type { FeatureCollection } from 'geojson';
import type { Area, Atlas } from '../api/types';

export interface Boundaries {
    /** Drawn from some zoom on each, the widest areas first. */
    levels: string[];
    /** The one level the reader wants to see at every zoom; null for those that suit the zoom. */
    chosen: string | null;
    /** A point an area: `level`, `name` and `weight`, by which names win their place. */
    names: FeatureCollection;
}

/** Levels that are drawn without being asked for: regions at the scale of a country, authorities further in. */
const BY_ZOOM = ['region', 'combined_authority', 'lower_tier'];

/** In the address a level's boundaries are a layer of this name. */
const LAYER = 'areas-';
export const layerOfLevel = (level: string): string => LAYER + level;

/** The level that the layers of an address ask for, if the atlas has it. */
export function chosenLevel(layers: readonly string[], { area_levels }: Pick<Atlas, 'area_levels'>): string | null {
    return area_levels.find(({ level }) => layers.includes(layerOfLevel(level)))?.level ?? null;
}

export function boundariesOf(atlas: Pick<Atlas, 'area_levels'>, areas: readonly Area[], layers: readonly string[]): Boundaries | null {
    const chosen = chosenLevel(layers, atlas);
    const has = new Set(atlas.area_levels.map(({ level }) => level));
    const levels = chosen ? [chosen] : BY_ZOOM.filter((level) => has.has(level));
    // An atlas with levels of its own shows the first of them.
    const [first] = atlas.area_levels;
    if (levels.length === 0 && first) levels.push(first.level);
    if (levels.length === 0) return null;
    const features = areas.flatMap(({ level, name, label, sites }) =>
        label && levels.includes(level)
            ? [{ type: 'Feature' as const, properties: { level, name, weight: sites }, geometry: { type: 'Point' as const, coordinates: label } }]
            : [],
    );
    return { levels, chosen, names: { type: 'FeatureCollection', features } };
}
