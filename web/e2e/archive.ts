// The smallest PMTiles 3 archive there can be: one vector tile over the whole world, written by hand after the
// specification (github.com/protomaps/PMTiles, spec/v3; Mapbox Vector Tile 2.1), so that the reader is not its own witness.

/** A protocol buffer's variable-length integer. */
function varint(value: number): number[] {
    const bytes: number[] = [];
    for (let rest = value; ; rest = Math.floor(rest / 128)) {
        if (rest < 128) return [...bytes, rest];
        bytes.push((rest % 128) | 128);
    }
}
const field = (number: number, bytes: number[]): number[] => [...varint(number * 8 + 2), ...varint(bytes.length), ...bytes];
const number = (of: number, value: number): number[] => [...varint(of * 8), ...varint(value)];
const text = (value: string): number[] => [...new TextEncoder().encode(value)];
const zigzag = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value);

const EXTENT = 4096;

/** A tile with one layer whose one polygon fills it. */
function fullTile(layer: string): number[] {
    const [move, line, close] = [9, 3 * 8 + 2, 15];
    const ring = [move, 0, 0, line, EXTENT, 0, 0, EXTENT, -EXTENT, 0].map((value, i) => (i === 0 || i === 3 ? value : zigzag(value)));
    const polygon = 3;
    const feature = [...number(3, polygon), ...field(4, [...ring, close].flatMap(varint))];
    return field(3, [...number(15, 2), ...field(1, text(layer)), ...field(2, feature), ...number(5, EXTENT)]);
}

const HEADER_BYTES = 127;
const NO_COMPRESSION = 1;
const VECTOR_TILE = 1;

/** An archive whose only layer covers the world at zoom 0. */
export function smallArchive(layer: string): Uint8Array {
    const tile = fullTile(layer);
    // One entry: tile 0, a run of 1, its length, and its offset, which is stored plus one.
    const directory = [1, 0, 1, tile.length, 1].flatMap(varint);
    const metadata = text(JSON.stringify({ vector_layers: [{ id: layer, fields: {} }] }));
    const header = new DataView(new ArrayBuffer(HEADER_BYTES));
    text('PMTiles').forEach((byte, i) => header.setUint8(i, byte));
    header.setUint8(7, 3);
    const metadataAt = HEADER_BYTES + directory.length;
    const tilesAt = metadataAt + metadata.length;
    const sizes = [HEADER_BYTES, directory.length, metadataAt, metadata.length, tilesAt, 0, tilesAt, tile.length, 1, 1, 1];
    sizes.forEach((value, i) => header.setBigUint64(8 + 8 * i, BigInt(value), true));
    [1, NO_COMPRESSION, NO_COMPRESSION, VECTOR_TILE, 0, 0].forEach((value, i) => header.setUint8(96 + i, value));
    [-180, -85, 180, 85].forEach((degrees, i) => header.setInt32(102 + 4 * i, degrees * 1e7, true));
    return new Uint8Array([...new Uint8Array(header.buffer), ...directory, ...metadata, ...tile]);
}
