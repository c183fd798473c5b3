import type { PixelImage } from '@deblur/core';

/** The buffers that hold a picture's pixels, each once, as far as they can be given away. */
export function imageBuffers(image: Pick<PixelImage, 'data' | 'alpha'> | undefined): ArrayBuffer[] {
  const buffers = [image?.data.buffer, image?.alpha?.buffer];
  return [...new Set(buffers)].filter((buffer): buffer is ArrayBuffer => buffer instanceof ArrayBuffer);
}
