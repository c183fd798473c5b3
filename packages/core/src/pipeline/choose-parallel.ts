import type { TilePlan } from '../tiling/tile-plan.ts';
import type { TileRestorer } from './tile-restorer.ts';

/**
 * How many tiles of a plan are computed at the same time: what the restorer offers, as far as the budget of the plan has room for the
 * memory of each. Undefined if this thread computes them, one after another.
 *
 * @param waitingBytes bytes a pixel that a tile in computation takes besides the restorer's: its samples, its result, and those of the next
 */
export function chooseParallel({ parallel }: TileRestorer, { count, tileWidth, tileHeight, bytes = 0, options }: TilePlan, waitingBytes: number): number | undefined {
  if (parallel === undefined || count === 1) return undefined;
  const { budget } = options;
  if (!budget) return Math.min(parallel, count);
  const each = budget.fixedBytes + (budget.bytesPerPixel + waitingBytes) * tileWidth * tileHeight;
  const more = Math.max(0, Math.floor((budget.bytes - bytes) / each));
  return Math.min(parallel, count, 1 + more);
}
