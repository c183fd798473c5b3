import { testPicture } from './test-picture.ts';

/** Runs the network on a picture, H×W×C, 8 bit. */
type Restore = (pixels: Uint8Array, width: number, height: number) => Promise<Float32Array>;

/**
 * Measures how far a network looks. The last quarter of a picture's columns (then rows) is replaced by the mirror image of what
 * is before it, as the reflected edge of a tile would be; how much the rest of the result changes is given by distance.
 *
 * @returns root mean square change in [0,1] units at 0, 1, 2 … pixels from the replaced part, the larger of both directions
 */
export async function measureReach(restore: Restore, width: number, height: number, channels: number): Promise<readonly number[]> {
  const picture = testPicture(width, height, channels);
  const whole = await restore(picture, width, height);
  const [column, row] = [Math.floor(width * 0.75), Math.floor(height * 0.75)];
  const mirror = (at: number, edge: number): number => (at < edge ? at : 2 * edge - 1 - at);
  const mirrored = (source: (x: number, y: number) => number): Uint8Array => {
    const changed = new Uint8Array(picture.length);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const from = source(x, y) * channels;
        changed.set(picture.subarray(from, from + channels), (y * width + x) * channels);
      }
    }
    return changed;
  };
  const acrossColumns = await restore(mirrored((x, y) => y * width + mirror(x, column)), width, height);
  const acrossRows = await restore(mirrored((x, y) => mirror(y, row) * width + x), width, height);
  const changes = (other: Float32Array, pixelAt: (distance: number, along: number) => number, distances: number, along: number): number[] =>
    Array.from({ length: distances }, (_, distance) => {
      let squares = 0;
      for (let i = 0; i < along; i++) {
        for (let c = 0; c < channels; c++) squares += (other[pixelAt(distance, i) * channels + c] - whole[pixelAt(distance, i) * channels + c]) ** 2;
      }
      return Math.sqrt(squares / (along * channels));
    });
  const byColumn = changes(acrossColumns, (distance, y) => y * width + column - 1 - distance, column, height);
  const byRow = changes(acrossRows, (distance, x) => (row - 1 - distance) * width + x, row, width);
  return Array.from({ length: Math.min(column, row) }, (_, distance) => Math.max(byColumn[distance], byRow[distance]));
}

/** What follows of a measured reach. */
export interface FoundHalo {
  /** Pixels at a tile's edge whose result depends on what is beyond by more than the tolerance. */
  readonly halo: number;
  /** Root mean square change far away, [0,1] units; above the tolerance the network looks at the whole tile. */
  readonly farChange: number;
  readonly looksEverywhere: boolean;
}

/**
 * The halo of a measured reach: distances up to the last one with a change above the tolerance. Where even the farthest change by
 * more, as with global pooling, those above one and a half times that.
 *
 * @param tolerance root mean square change in [0,1] units that may be shown
 */
export function haloOfReach(reach: readonly number[], tolerance: number): FoundHalo {
  const far = reach.slice(Math.floor(reach.length * 0.75)).sort((a, b) => a - b);
  const farChange = far[Math.floor(far.length / 2)] ?? 0;
  const looksEverywhere = farChange > tolerance;
  const limit = looksEverywhere ? 1.5 * farChange : tolerance;
  return { halo: reach.findLastIndex((change) => !(change <= limit)) + 1, farChange, looksEverywhere };
}
