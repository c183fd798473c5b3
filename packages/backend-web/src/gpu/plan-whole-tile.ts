import { planTiles } from '@deblur/core';
import type { TilePlan, TileSize } from '@deblur/core';

/** The plan of a picture that is one tile. */
export function planWholeTile({ width, height }: TileSize): TilePlan {
  return planTiles({ width, height, size: { minimum: 1, multipleOf: 1, fixed: { width, height } }, halo: 0, overlap: 0 });
}
