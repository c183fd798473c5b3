import { raceAbort } from '@deblur/core';
import type { Deblur, PixelImage } from '@deblur/core';
import type { SentInput } from '../protocol/operations.ts';

/** Reads pictures and keeps the last one that came as a Blob, which is mostly asked for again. */
export interface PictureCache {
  read(input: SentInput, signal: AbortSignal): Promise<PixelImage>;
}

/** Creates an empty cache for a client. */
export function createPictureCache(deblur: Deblur): PictureCache {
  let kept: { readonly key: number; readonly image: Promise<PixelImage> } | undefined;
  return {
    async read({ value, key }, signal): Promise<PixelImage> {
      if (key === undefined) return deblur.read(value, { signal });
      if (kept?.key !== key) {
        const image = deblur.read(value);
        kept = { key, image };
        image.catch(() => { if (kept?.image === image) kept = undefined; });
      }
      return raceAbort(kept.image, signal);
    },
  };
}
