import type { PlanTilesOptions } from './tile-plan.ts';
import { countTiles } from './plan-axis.ts';

/** Width and height of a tile in pixels. */
export interface TileShape {
  readonly width: number;
  readonly height: number;
}

/** Smallest multiple of `step` that is ≥ `value`. */
export function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}

/** Largest multiple of `step` that is ≤ `value`. */
export function roundDown(value: number, step: number): number {
  return Math.floor(value / step) * step;
}

/**
 * Smallest side the model takes for tiles that cover `length` pixels, alone or with neighbours. Where the last of several
 * reaches beyond the picture, it shows enough of it to be filled by reflecting its own pixels.
 */
export function smallestSide(length: number, options: PlanTilesOptions): number {
  const { size, overlap } = options;
  const { minimum, multipleOf: step } = size;
  return roundUp(Math.max(minimum, Math.min(length, Math.max(roundUp(overlap, step), 2 * (step - 1)) + 1)), step);
}

/** Smallest side the model takes with which as many tiles cover `length` pixels as with side `largest`. */
function balancedSide(length: number, largest: number, options: PlanTilesOptions): number {
  const { size, overlap } = options;
  const count = countTiles(length, largest, overlap);
  return roundUp(Math.max(size.minimum, Math.ceil((length + (count - 1) * overlap) / count)), size.multipleOf);
}

/**
 * The tile that computes the fewest pixels with as many tiles as the given one, never larger than it.
 * Sides of `largest` are multiples of the size rule's step and not smaller than `smallestSide`.
 */
export function balancedShape(largest: TileShape, options: PlanTilesOptions): TileShape {
  const width = balancedSide(options.width, largest.width, options);
  const height = balancedSide(options.height, largest.height, options);
  if (options.size.square !== true) return { width, height };
  const side = Math.max(width, height);
  return { width: side, height: side };
}

/** Every balanced shape with sides up to `cap`, or the smallest one where that is larger. */
export function* balancedShapes(options: PlanTilesOptions, cap: number): Generator<TileShape, void, undefined> {
  const { width, height, size } = options;
  const smallestWidth = smallestSide(width, options);
  const smallestHeight = smallestSide(height, options);
  if (size.square === true) {
    const smallest = Math.max(smallestWidth, smallestHeight);
    for (const side of multiples(smallest, cap, size.multipleOf)) yield balancedShape({ width: side, height: side }, options);
    return;
  }
  const widths = new Set([...multiples(smallestWidth, cap, size.multipleOf)].map((side) => balancedSide(width, side, options)));
  const heights = new Set([...multiples(smallestHeight, cap, size.multipleOf)].map((side) => balancedSide(height, side, options)));
  for (const tileHeight of heights) {
    for (const tileWidth of widths) yield { width: tileWidth, height: tileHeight };
  }
}

function* multiples(first: number, last: number, step: number): Generator<number, void, undefined> {
  for (let value = first; value <= Math.max(first, last); value += step) yield value;
}
