import { planTiles } from './plan-tiles.ts';
import type { PlanTilesOptions, TilePlan } from './tile-plan.ts';
import { roundDown, smallestSide } from './tile-sides.ts';

/**
 * The plan to try after memory ran out before any row was finished: first half the batch, then tiles of half the side.
 * Undefined when the model's size is fixed or the smallest tile is reached.
 */
export function smallerPlan(plan: TilePlan): TilePlan | undefined {
  if (plan.batch > 1) return { ...plan, batch: Math.floor(plan.batch / 2), ...halvedBytes(plan) };
  const tile = halfSide(plan, plan.options);
  return tile === undefined ? undefined : planTiles({ ...plan.options, tile, batch: 1 });
}

/**
 * A plan for one tile of another plan, as if that tile were the picture, with tiles of half the side. For when memory runs
 * out in the middle of a picture: the tile is put together from smaller ones and then added where it belongs, so that
 * rows already finished stay. Undefined when the model's size is fixed or the smallest tile is reached.
 */
export function subdivideTile(plan: TilePlan): TilePlan | undefined {
  const options = { ...plan.options, width: plan.tileWidth, height: plan.tileHeight };
  const tile = halfSide(plan, options);
  return tile === undefined ? undefined : planTiles({ ...options, tile, batch: 1 });
}

function halfSide(plan: TilePlan, options: PlanTilesOptions): number | undefined {
  if (options.size.fixed !== undefined) return undefined;
  const longest = Math.max(plan.tileWidth, plan.tileHeight);
  const smallest = Math.max(smallestSide(options.width, options), smallestSide(options.height, options));
  const tile = Math.max(roundDown(longest / 2, options.size.multipleOf), smallest);
  return tile < longest ? tile : undefined;
}

function halvedBytes(plan: TilePlan): { readonly bytes?: number } {
  const { budget } = plan.options;
  if (budget === undefined || plan.bytes === undefined) return {};
  const saved = plan.batch - Math.floor(plan.batch / 2);
  return { bytes: plan.bytes - saved * budget.bytesPerPixel * plan.tileWidth * plan.tileHeight };
}
