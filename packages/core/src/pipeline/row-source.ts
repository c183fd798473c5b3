import type { PixelImage, SampleType, Transfer } from '../image/pixel-image.ts';

/** A picture delivered from top to bottom. An `ImageReader` is one, and so is a picture in memory. */
export interface RowSource {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly type: SampleType;
  readonly transfer: Transfer;
  /** Whether the rows carry alpha. */
  readonly alpha: boolean;
  /** The next rows: exactly `rows`, fewer at the bottom, `undefined` after the last. */
  read(rows: number): Promise<PixelImage | undefined>;
}
