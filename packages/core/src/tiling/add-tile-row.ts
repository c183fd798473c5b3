import type { AxisTile } from './plan-axis.ts';
import { raisedCosine } from './raised-cosine.ts';

/** Weights of a tile's columns where it is blended with its neighbours. */
export interface ColumnWeights {
  /** Rising, one per column of `fadeIn`. */
  readonly left: Float32Array;
  /** Falling, one per column of `fadeOut`. */
  readonly right: Float32Array;
}

/** Which neighbours have already written their share of the blended strips. */
export interface BlendedSides {
  readonly left: boolean;
  readonly right: boolean;
}

/** Blending weights of a column of tiles; those of neighbours add up to exactly 1. */
export function columnWeights(column: AxisTile): ColumnWeights {
  const left = raisedCosine(column.fadeIn[1] - column.fadeIn[0]);
  const right = raisedCosine(column.fadeOut[1] - column.fadeOut[0]).map((weight) => 1 - weight);
  return { left, right };
}

/**
 * Writes one row of a tile into a row of the picture: copies what the tile alone contributes to, and stores its weighted
 * share of a strip shared with a neighbour, or adds it to the neighbour's. Each share is rounded to float32 before the
 * sum, so that the sum is the same whichever tile comes first.
 *
 * @param source index into `tile` of the row's first sample
 * @param offset index into `target` of the first sample of the picture's row
 */
export function addTileRow(
  column: AxisTile, weights: ColumnWeights, channels: number, tile: Float32Array, source: number, target: Float32Array, offset: number,
  blended: BlendedSides,
): void {
  const shift = source - column.start * channels;
  const from = column.fadeIn[1] * channels;
  const to = column.fadeOut[0] * channels;
  target.set(tile.subarray(shift + from, shift + to), offset + from);
  addStrip(column.fadeIn[0] * channels, weights.left, channels, tile, shift, target, offset, blended.left);
  addStrip(to, weights.right, channels, tile, shift, target, offset, blended.right);
}

function addStrip(
  from: number, weights: Float32Array, channels: number, tile: Float32Array, shift: number, target: Float32Array, offset: number, add: boolean,
): void {
  let at = from;
  for (const weight of weights) {
    for (let channel = 0; channel < channels; channel++, at++) {
      const share = Math.fround(tile[shift + at]! * weight);
      target[offset + at] = add ? target[offset + at]! + share : share;
    }
  }
}
