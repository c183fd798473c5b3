import { InvalidArgumentError } from '../errors/index.ts';
import { fitBatch, fitTile, tileBytes } from './fit-budget.ts';
import { planAxis } from './plan-axis.ts';
import { requireInteger } from './require-integer.ts';
import type { MemoryBudget, PlanTilesOptions, TilePlan } from './tile-plan.ts';
import { balancedShape, roundDown, roundUp, smallestSide } from './tile-sides.ts';
import type { TileShape } from './tile-sides.ts';

const defaultSide = 512;
const largestBudgetedSide = 768;

/**
 * Plans how a picture is cut into tiles of one shape: exact cover, the least number of tiles that share `overlap` pixels,
 * evenly spread, blended outside their halo.
 *
 * The tile is the model's fixed size, or at most `tile`, or the one that computes the fewest pixels within `budget` (sides
 * up to 768 px or four overlaps, so that progress and abort stay responsive), or at most 512 px or four overlaps. Where
 * the model leaves the size free, it is then reduced to the smallest allowed one that needs no more tiles, and tiles start at
 * multiples of `size.multipleOf`, so that they give what the whole picture would.
 *
 * @throws InvalidArgumentError if a number is out of range, the tile is too small for its overlap, or no tile fits the
 * budget; `details` then has `smallestTile` or `neededBytes`
 */
export function planTiles(options: PlanTilesOptions): TilePlan {
  check(options);
  const { width, height, size, halo, budget, rowBytes = 0 } = options;
  const step = size.fixed === undefined ? size.multipleOf : 1;
  const overlap = roundUp(options.overlap, step);
  const { shape, batch: allowed } = chooseShape({ ...options, width: roundUp(width, step), height: roundUp(height, step), overlap });
  const columns = planAxis({ length: width, tile: shape.width, halo, overlap, step });
  const rows = planAxis({ length: height, tile: shape.height, halo, overlap, step });
  const count = columns.length * rows.length;
  const batch = Math.min(allowed, count);
  return {
    width, height, tileWidth: shape.width, tileHeight: shape.height, columns, rows, count, batch, options,
    padded: columns[columns.length - 1]!.start + shape.width > width || rows[rows.length - 1]!.start + shape.height > height,
    windowRows: rows.reduce((most, row, i) => Math.max(most, Math.min(height, row.start + shape.height) - rows[Math.max(0, i - 1)]!.start), 0),
    ...(budget === undefined ? {} : { bytes: tileBytes(shape, batch, budget, rowBytes) }),
  };
}

function check(options: PlanTilesOptions): void {
  const { size, budget } = options;
  requireInteger('width', options.width, 1);
  requireInteger('height', options.height, 1);
  requireInteger('halo', options.halo, 0);
  requireInteger('overlap', options.overlap, 2 * options.halo);
  requireInteger('size.minimum', size.minimum, 1);
  requireInteger('size.multipleOf', size.multipleOf, 1);
  requireInteger('batch', options.batch ?? 1, 1);
  if (options.tile !== undefined) requireInteger('tile', options.tile, 1);
  if (size.fixed !== undefined) {
    requireInteger('size.fixed.width', size.fixed.width, 1);
    requireInteger('size.fixed.height', size.fixed.height, 1);
  }
  const amounts = { 'budget.bytes': budget?.bytes, 'budget.fixedBytes': budget?.fixedBytes, 'budget.bytesPerPixel': budget?.bytesPerPixel, rowBytes: options.rowBytes };
  for (const [name, value] of Object.entries(amounts)) {
    if (value !== undefined && !(value >= 0)) throw new InvalidArgumentError(`${name} is ${value}; it must be a number of bytes ≥ 0.`, { details: { name, value } });
  }
}

function chooseShape(options: PlanTilesOptions): { readonly shape: TileShape; readonly batch: number } {
  const { size, tile, budget, batch = 1, overlap, rowBytes = 0 } = options;
  if (size.fixed !== undefined) {
    if (tile !== undefined && (tile !== size.fixed.width || tile !== size.fixed.height)) {
      throw new InvalidArgumentError(
        `tile is ${tile}, but the model takes tiles of ${size.fixed.width}×${size.fixed.height} px only; leave it out.`,
        { details: { tile, fixed: size.fixed } },
      );
    }
    return withinBudget(size.fixed, options);
  }
  if (tile !== undefined) {
    const shape = largestShape(tile, options);
    return { shape, batch: budget === undefined ? batch : fitBatch(shape, batch, budget, rowBytes) };
  }
  if (budget === undefined) {
    return { shape: largestShape(Math.max(defaultSide, 4 * overlap, size.minimum), options, true), batch };
  }
  const cap = roundUp(Math.max(largestBudgetedSide, 4 * overlap), size.multipleOf);
  for (let allowed = batch; allowed >= 1; allowed--) {
    const shape = fitTile(options, budget, allowed, cap);
    if (shape !== undefined) return { shape, batch: allowed };
  }
  return withinBudget(smallestShape(options), options);
}

function smallestShape(options: PlanTilesOptions): TileShape {
  const width = smallestSide(options.width, options);
  const height = smallestSide(options.height, options);
  if (options.size.square !== true) return { width, height };
  return { width: Math.max(width, height), height: Math.max(width, height) };
}

/** The balanced shape with sides up to `side`; `orSmallest` replaces a side that is too small instead of refusing it. */
function largestShape(side: number, options: PlanTilesOptions, orSmallest = false): TileShape {
  const largest = roundDown(side, options.size.multipleOf);
  const smallest = smallestShape(options);
  const needed = Math.max(smallest.width, smallest.height);
  if (largest < needed && !orSmallest) {
    throw new InvalidArgumentError(
      `tile is ${side}, which is too small for this model: tiles are at least ${options.size.minimum} px, multiples of ${options.size.multipleOf} px, and larger than the ${options.overlap} px that neighbours share. Use ${needed} or more.`,
      { details: { tile: side, smallestTile: needed, overlap: options.overlap, halo: options.halo } },
    );
  }
  return balancedShape({ width: Math.max(largest, smallest.width), height: Math.max(largest, smallest.height) }, options);
}

function withinBudget(shape: TileShape, options: PlanTilesOptions): { readonly shape: TileShape; readonly batch: number } {
  const { budget, batch = 1, rowBytes = 0 } = options;
  if (budget === undefined) return { shape, batch };
  refuseBeyond(budget, tileBytes(shape, 1, budget, rowBytes), shape);
  return { shape, batch: fitBatch(shape, batch, budget, rowBytes) };
}

function refuseBeyond(budget: MemoryBudget, neededBytes: number, shape: TileShape): void {
  if (neededBytes <= budget.bytes) return;
  const megabytes = (bytes: number): number => Math.ceil(bytes / 1e6);
  throw new InvalidArgumentError(
    `A memory budget of ${megabytes(budget.bytes)} MB is too small: the smallest tile, ${shape.width}×${shape.height} px, needs about ${megabytes(neededBytes)} MB. Allow that much, or use a smaller model.`,
    { details: { bytes: budget.bytes, neededBytes: Math.ceil(neededBytes), tileWidth: shape.width, tileHeight: shape.height } },
  );
}
