// How far a journey reaches as the crow flies: there is no road network here, so a circle stands for it, and the page says so.

/** Roads and paths are about a third longer than the straight line (detour index of road networks, about 1.3). */
const DETOUR = 1.3;

/** Door-to-door speeds in kilometres an hour. */
const JOURNEYS = [
    { label: '15 minutes on foot', kmh: 4.8, minutes: 15 },
    { label: '20 minutes by bicycle', kmh: 15, minutes: 20 },
    { label: '30 minutes by car', kmh: 45, minutes: 30 },
    { label: '60 minutes by car', kmh: 60, minutes: 60 },
] as const;

export interface Travel {
    label: string;
    /** Whole kilometres. */
    km: number;
}

export const TRAVEL: readonly Travel[] = JOURNEYS.map(({ label, kmh, minutes }) => ({
    label,
    km: Math.max(1, Math.round((kmh * minutes) / 60 / DETOUR)),
}));
