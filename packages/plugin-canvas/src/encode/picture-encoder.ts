import type { PixelImage } from '@deblur/core';
import type { Bytes } from '../bytes.ts';

/** Collects rows and makes a file of them. */
export interface PictureEncoder {
  append(rows: PixelImage): Promise<void>;
  /** @throws OutputError */
  finish(): Promise<Bytes>;
  /** Gives up. */
  discard(): void;
}
