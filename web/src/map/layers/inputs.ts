import type { ExpressionSpecification, FilterSpecification } from 'maplibre-gl';
import type { FeatureCollection } from 'geojson';
import type { Atlas } from '../../api/types';
import type { Boundaries } from '../boundaries';
import type { Gathered } from '../gathered';
import type { Theme } from '../../state/theme.svelte';

/** The longitudes of the window's edges, where names would be cut off. */
export interface Sides {
    west: number;
    east: number;
    degreesPerPx: number;
}

/** Everything that decides what the map draws. */
export interface MapInputs {
    theme: Theme;
    atlas: Atlas;
    /** Where tiles come from: MapLibre's worker wants whole addresses. */
    origin: string;
    points: FeatureCollection;
    /** The marks of clusters too small for an outline; null where the reader's own clusters are shown. */
    gathered: Gathered | null;
    /** Where the window is narrow; null where names have room. */
    sides: Sides | null;
    /** The colour of a cluster, by its id or attributes. */
    colour: ExpressionSpecification | string;
    /** Which clusters of the tiles are shown. */
    shown: FilterSpecification;
    /** The zoom below which no outline can be read: their tiles are not asked for there. */
    outlinesFrom: number;
    selected: number | null;
    /** Clusters by the reader's own parameters: outlines, and the marks of theirs and of the published ones, which are then ghosts. */
    tuned: { outlines: FeatureCollection; marks: FeatureCollection } | null;
    /** The drawn circle or polygon, or the line being drawn. */
    drawn: FeatureCollection | null;
    links: FeatureCollection | null;
    /** Code of the area in question; its outline is drawn strong. */
    areaCode: string | null;
    /** Boundaries of areas with their names; null until the map is there. */
    boundaries: Boundaries | null;
    /** Where the firm, institution or postcode that is open lies. */
    here: [number, number] | null;
    /** Firms of these years only; null for all. */
    firmYears: { from: number | null; to: number } | null;
    showFirms: boolean;
    showInstitutions: boolean;
    showPublished: boolean;
    sector: string | null;
    /** Spellings of the shown sector's name, in small letters; empty where all are shown. */
    sectorNames: string[];
    /** Latitude of the middle of the atlas: sizes on screen are worked out there. */
    latDeg: number;
    /** Places whose name a cluster bears already. */
    named: string[];
    /** Reads as colour by type: outline styles tell types apart. */
    byType: boolean;
}

