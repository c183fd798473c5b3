import type { SizeRule } from '../models/manifest.ts';
import type { AxisTile } from './plan-axis.ts';

/** Memory a plan may use, in bytes. */
export interface MemoryBudget {
  /** Most bytes in all. */
  readonly bytes: number;
  /** Bytes a session takes whatever the tile. */
  readonly fixedBytes: number;
  /** Bytes a session takes for each pixel of a batch. */
  readonly bytesPerPixel: number;
}

/** What a plan is made from; sizes in pixels. `size`, `halo` and `overlap` come from the model's manifest. */
export interface PlanTilesOptions {
  /** Width of the picture, ≥ 1. */
  readonly width: number;
  /** Height of the picture, ≥ 1. */
  readonly height: number;
  /** Which tile sizes the model takes. */
  readonly size: SizeRule;
  /** Pixels at a tile's edge that are never shown where a neighbour exists, ≥ 0. */
  readonly halo: number;
  /** Least number of pixels neighbours share, ≥ 2 × halo; rounded up to a multiple of `size.multipleOf` where the size is free. */
  readonly overlap: number;
  /**
   * Largest tile side; rounded down to what the model takes. Takes precedence over `budget`.
   * Default: from `budget`, else 512 or four overlaps, whichever is more.
   */
  readonly tile?: number;
  /** Memory from which tile size and batch follow. Default: no limit. */
  readonly budget?: MemoryBudget;
  /** Most tiles run at once, ≥ 1. Default 1. */
  readonly batch?: number;
  /**
   * Bytes held for each row of tile height besides the session: source rows and accumulated rows at the picture's whole
   * width. Counts against `budget`. Default 0.
   */
  readonly rowBytes?: number;
}

/** How a picture is cut into tiles of one shape and put together again. */
export interface TilePlan {
  /** Width of the picture in pixels. */
  readonly width: number;
  /** Height of the picture in pixels. */
  readonly height: number;
  /** Width of every tile in pixels. */
  readonly tileWidth: number;
  /** Height of every tile in pixels. */
  readonly tileHeight: number;
  /** Tiles along the width. */
  readonly columns: readonly AxisTile[];
  /** Tiles along the height. */
  readonly rows: readonly AxisTile[];
  /** Number of tiles, columns × rows. */
  readonly count: number;
  /** True if tiles reach beyond the picture (right or below) and are filled there by reflection. */
  readonly padded: boolean;
  /**
   * Most source rows needed at once while tiles of one row are finished and those of the next are being prepared: the
   * `rows` to give a row window, plus what a band brings beyond the row asked for.
   */
  readonly windowRows: number;
  /** Tiles to run at once, ≤ the number asked for and ≤ `count`. */
  readonly batch: number;
  /** Estimated peak memory in bytes; present when a budget was given. May exceed it only if `tile` was given. */
  readonly bytes?: number;
  /** What the plan was made from. */
  readonly options: PlanTilesOptions;
}
