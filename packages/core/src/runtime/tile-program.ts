import type { SampleArray, SampleType, Transfer } from '../image/pixel-image.ts';

/** Format of the samples of a picture. */
export interface PixelFormat {
  readonly channels: 1 | 3;
  readonly type: SampleType;
  readonly transfer: Transfer;
}

/** Size of a tile in pixels. */
export interface TileSize {
  readonly width: number;
  readonly height: number;
}

/** A restorer bound to one tile shape and pixel format. */
export interface TileProgram {
  /**
   * Restores a batch of tiles of the one shape. Tiles are H×W×C interleaved samples of the picture's type and are not
   * changed. Results are H×W×C float32 in the picture's own transfer, nominal [0,1], neither clamped nor checked.
   *
   * @param places where each tile lies, the same for the same place in every frame of a sequence; for what remembers frames
   */
  run(tiles: readonly SampleArray[], signal?: AbortSignal, places?: readonly string[]): Promise<Float32Array[]>;
}
