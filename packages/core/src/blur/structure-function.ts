import type { Plane } from './luma-plane.ts';

/** A direction in whole pixels. */
export interface Direction {
  readonly x: number;
  readonly y: number;
}

/**
 * Mean squared difference of values `steps` apart along a direction, for each entry of `steps` that fits into the picture
 * with at least as much room again; a shorter array if some do not. Looks at about `samples` places.
 */
export function structureFunction(plane: Plane, direction: Direction, steps: readonly number[], samples: number): number[] {
  const { width, height, values } = plane;
  const every = Math.max(1, Math.floor(Math.sqrt((width * height) / samples)));
  const result: number[] = [];
  for (const step of steps) {
    const reachX = direction.x * step;
    const reachY = direction.y * step;
    if (2 * Math.abs(reachX) > width || 2 * Math.abs(reachY) > height) break;
    const offset = reachY * width + reachX;
    const firstRow = Math.max(0, -reachY);
    const lastRow = height - Math.max(0, reachY);
    let total = 0;
    let count = 0;
    for (let y = firstRow; y < lastRow; y += every) {
      const end = y * width + width - reachX;
      let sum = 0;
      for (let i = y * width; i < end; i += every) {
        const difference = values[i + offset]! - values[i]!;
        sum += difference * difference;
        count++;
      }
      total += sum;
    }
    result.push(total / count);
  }
  return result;
}

/**
 * Variance of white noise, from the second difference along both axes (Immerkær 1996) in blocks of 16×16: the block at the
 * tenth percentile, so that detail hardly counts. 0 for pictures without a whole block.
 */
export function noiseVariance(plane: Plane): number {
  const { width, height, values } = plane;
  const size = 16;
  const blocks: number[] = [];
  const every = Math.max(1, Math.floor(Math.sqrt((width * height) / 1_000_000)));
  for (let top = 1; top + size < height; top += size * every) {
    for (let left = 1; left + size < width; left += size * every) {
      let sum = 0;
      for (let y = top; y < top + size; y++) {
        for (let i = y * width + left; i < y * width + left + size; i++) {
          const above = values[i - width - 1]! - 2 * values[i - width]! + values[i - width + 1]!;
          const here = values[i - 1]! - 2 * values[i]! + values[i + 1]!;
          const below = values[i + width - 1]! - 2 * values[i + width]! + values[i + width + 1]!;
          const difference = above - 2 * here + below;
          sum += difference * difference;
        }
      }
      blocks.push(sum / (36 * size * size));
    }
  }
  blocks.sort((a, b) => a - b);
  return blocks[Math.floor(blocks.length / 10)] ?? 0;
}
