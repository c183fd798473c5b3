import type { PixelImage } from '../image/pixel-image.ts';

/** Finished rows of a picture, in order from the top. */
export interface RestoredRows {
  /** First row in the picture. */
  readonly y: number;
  /** The rows as they came, alpha included. */
  readonly source: PixelImage;
  /** H×W×C float32 in the picture's own transfer, nominal [0,1], not clamped. */
  readonly restored: Float32Array;
}
