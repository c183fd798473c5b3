import type { AxisTile } from './plan-axis.ts';
import { raisedCosine } from './raised-cosine.ts';

/** Weights of a tile's samples where it is blended with its neighbours; every channel of a pixel has the same weight. */
export interface ColumnWeights {
  /** Rising, one per sample of `fadeIn`. */
  readonly left: Float32Array;
  /** Falling, one per sample of `fadeOut`. */
  readonly right: Float32Array;
}

/** Which neighbours have already written their share of the blended strips. */
export interface BlendedSides {
  readonly left: boolean;
  readonly right: boolean;
}

/** Blending weights of a column of tiles; those of neighbours add up to exactly 1. */
export function columnWeights(column: AxisTile, channels: number): ColumnWeights {
  const left = raisedCosine(column.fadeIn[1] - column.fadeIn[0]);
  const right = raisedCosine(column.fadeOut[1] - column.fadeOut[0]).map((weight) => 1 - weight);
  const repeat = (weights: Float32Array): Float32Array => new Float32Array(weights.length * channels).map((_, i) => weights[Math.floor(i / channels)]!);
  return { left: repeat(left), right: repeat(right) };
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
  const strip = blended.left ? addStrip : storeStrip;
  strip(weights.left, tile, shift + column.fadeIn[0] * channels, target, offset + column.fadeIn[0] * channels);
  const nextStrip = blended.right ? addStrip : storeStrip;
  nextStrip(weights.right, tile, shift + to, target, offset + to);
}

function storeStrip(weights: Float32Array, tile: Float32Array, source: number, target: Float32Array, position: number): void {
  for (let i = 0; i < weights.length; i++) target[position + i] = tile[source + i]! * weights[i]!;
}

function addStrip(weights: Float32Array, tile: Float32Array, source: number, target: Float32Array, position: number): void {
  for (let i = 0; i < weights.length; i++) target[position + i] = target[position + i]! + Math.fround(tile[source + i]! * weights[i]!);
}
