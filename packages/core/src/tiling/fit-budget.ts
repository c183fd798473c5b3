import { countTiles } from './plan-axis.ts';
import type { MemoryBudget, PlanTilesOptions } from './tile-plan.ts';
import { balancedShapes } from './tile-sides.ts';
import type { TileShape } from './tile-sides.ts';

/** Estimated peak memory in bytes of tiles of a shape, `batch` at once. */
export function tileBytes(shape: TileShape, batch: number, budget: MemoryBudget, rowBytes: number): number {
  return budget.fixedBytes + budget.bytesPerPixel * shape.width * shape.height * batch + rowBytes * shape.height;
}

/** Largest batch ≤ `wanted` that stays within the budget; at least 1, whether that fits or not. */
export function fitBatch(shape: TileShape, wanted: number, budget: MemoryBudget, rowBytes: number): number {
  const room = budget.bytes - tileBytes(shape, 0, budget, rowBytes);
  const each = budget.bytesPerPixel * shape.width * shape.height;
  return each === 0 ? wanted : Math.min(wanted, Math.max(1, Math.floor(room / each)));
}

/**
 * Of the balanced tiles with sides up to `cap` that stay within the budget, the one that computes the fewest pixels; among
 * equals the one that needs the fewest runs, then the least memory. Undefined when none fits.
 */
export function fitTile(options: PlanTilesOptions, budget: MemoryBudget, batch: number, cap: number): TileShape | undefined {
  const { width, height, overlap, rowBytes = 0 } = options;
  let best: { readonly shape: TileShape; readonly pixels: number; readonly count: number; readonly bytes: number } | undefined;
  for (const shape of balancedShapes(options, cap)) {
    const count = countTiles(width, shape.width, overlap) * countTiles(height, shape.height, overlap);
    const pixels = count * shape.width * shape.height;
    if (best !== undefined && pixels > best.pixels) continue;
    const bytes = tileBytes(shape, batch, budget, rowBytes);
    if (bytes > budget.bytes) continue;
    const isBetter = best === undefined || pixels < best.pixels || count < best.count || (count === best.count && bytes < best.bytes);
    if (isBetter) best = { shape, pixels, count, bytes };
  }
  return best?.shape;
}
