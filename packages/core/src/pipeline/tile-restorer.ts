import type { SizeRule } from '../models/manifest.ts';
import type { PixelFormat, TileProgram, TileSize } from '../runtime/tile-program.ts';

/**
 * What can restore a picture tile by tile: a network behind a backend, or a deconvolution. Tiling, pixel contract,
 * progress, abort, guards and warnings are written once above this interface.
 */
export interface TileRestorer {
  /** Sizes it takes. */
  readonly size: SizeRule;
  /** Pixels at a tile's edge that lack context. */
  readonly halo: number;
  /** Pixels neighbouring tiles share, ≥ 2 × halo. */
  readonly overlap: number;
  /** Peak memory: `fixedBytes + bytesPerPixel × pixels of the batch`. */
  readonly memory?: { readonly fixedBytes: number; readonly bytesPerPixel: number };
  /** Most tiles worth running at once. */
  readonly batch: number;
  /** Most runs worth having at the same time, each on a thread of its own. How a picture is cut does not depend on it. Default: 1, on this thread. */
  readonly parallel?: number;
  /**
   * Root mean square change of a tile, in [0,1] units, beyond which the result counts as exploded and the tile keeps
   * its input.
   */
  readonly changeLimit: number;
  /**
   * Binds it to a tile shape; cheap, called again when tiles shrink.
   * @param parallel runs for which there is memory at the same time; absent for pictures of one tile
   */
  prepare(source: PixelFormat, tile: TileSize, parallel?: number): TileProgram;
}
