import type { FeatureCollection, LineString, Polygon } from 'geojson';

export const LAST_ZOOM: number;
export function ground(): { land: FeatureCollection<Polygon>; coast: FeatureCollection<LineString>; border: FeatureCollection<LineString> };
export function tiers(): { name: string; data: FeatureCollection }[];
