/** Pairs of a value and what it becomes, by rising values; between two of them it grows evenly, beyond the last it stays. */
export type Stops = readonly (readonly [from: number, to: number])[];

/** The same as MapLibre's linear interpolation over these stops. */
export function along(stops: Stops, value: number): number {
    const next = stops.findIndex(([from]) => from >= value);
    const [upper, lower, last] = [stops[next], stops[next - 1], stops[stops.length - 1]];
    if (!upper) return last?.[1] ?? 0;
    if (!lower) return upper[1];
    return lower[1] + ((upper[1] - lower[1]) * (value - lower[0])) / (upper[0] - lower[0]);
}
