import type { PlaneSize } from '../plane-size.ts';

/** How an oriented picture lies in a plane. */
interface Walk extends PlaneSize {
  readonly start: number;
  /** Steps in the plane from one pixel of the oriented picture to the next one in its row, in its column. */
  readonly across: number;
  readonly down: number;
}

/** Flips and turns: bit 0 mirrors left and right, bit 1 top and bottom, bit 2 swaps rows and columns. */
export const orientationCount = 8;

function walk({ width, height }: PlaneSize, orientation: number): Walk {
  const [mirrored, upsideDown, swapped] = [1, 2, 4].map((bit) => (orientation & bit) !== 0);
  const start = (mirrored ? width - 1 : 0) + (upsideDown ? (height - 1) * width : 0);
  const right = mirrored ? -1 : 1;
  const below = upsideDown ? -width : width;
  return swapped ? { width: height, height: width, start, across: below, down: right } : { width, height, start, across: right, down: below };
}

/** Size of a picture in an orientation. */
export function orientedSize(size: PlaneSize, orientation: number): PlaneSize {
  const { width, height } = walk(size, orientation);
  return { width, height };
}

/** Copies a plane into channel `channel` of an oriented picture of three interleaved channels, clamped to [0,1]. */
export function copyOriented(plane: Float32Array, size: PlaneSize, orientation: number, picture: Float32Array, channel: number): void {
  const { width, height, start, across, down } = walk(size, orientation);
  for (let y = 0, to = channel; y < height; y++) {
    for (let x = 0, from = start + y * down; x < width; x++, from += across, to += 3) {
      const value = plane[from]!;
      picture[to] = value < 0 ? 0 : value > 1 ? 1 : value;
    }
  }
}

/** Copies channel `channel` of an oriented picture back into a plane; the mean of its channels if `channel` is undefined. */
export function copyUpright(
  picture: Float32Array, channel: number | undefined, size: PlaneSize, orientation: number, plane: Float32Array,
): void {
  const { width, height, start, across, down } = walk(size, orientation);
  for (let y = 0, from = 0; y < height; y++) {
    for (let x = 0, to = start + y * down; x < width; x++, to += across, from += 3) {
      plane[to] = channel === undefined ? (picture[from]! + picture[from + 1]! + picture[from + 2]!) / 3 : picture[from + channel]!;
    }
  }
}
