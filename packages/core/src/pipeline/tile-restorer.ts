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
  /**
   * Root mean square change of a tile, in [0,1] units, beyond which the result counts as exploded and the tile keeps
   * its input.
   */
  readonly changeLimit: number;
  /** Binds it to a tile shape; cheap, called again when tiles shrink. */
  prepare(source: PixelFormat, tile: TileSize): TileProgram;
}
