import { requireInteger } from './require-integer.ts';
import type { TilePlan } from './tile-plan.ts';

/** One tile of a plan. */
export interface TilePosition {
  /** Place in the order of the plan, from 0. */
  readonly index: number;
  /** Index into the plan's `columns`. */
  readonly column: number;
  /** Index into the plan's `rows`. */
  readonly row: number;
  /** First picture column the tile reads. */
  readonly x: number;
  /** First picture row the tile reads. */
  readonly y: number;
}

/**
 * The tiles of a plan in row-major order, several at a time. The last batch may be smaller. A batch may go on in the next
 * row of tiles; where that reaches more than one row further, take finished rows between adding its tiles.
 *
 * @param size tiles in a batch, ≥ 1; default the plan's
 * @throws InvalidArgumentError if `size` is out of range
 */
export function* batches(plan: TilePlan, size: number = plan.batch): Generator<readonly TilePosition[], void, undefined> {
  requireInteger('size', size, 1);
  const columns = plan.columns.length;
  for (let first = 0; first < plan.count; first += size) {
    const batch: TilePosition[] = [];
    for (let index = first; index < Math.min(first + size, plan.count); index++) {
      const column = index % columns;
      const row = Math.floor(index / columns);
      batch.push({ index, column, row, x: plan.columns[column]!.start, y: plan.rows[row]!.start });
    }
    yield batch;
  }
}
