import { crop } from '@deblur/core';
import type { Rectangle } from '@deblur/core';
import { imageBuffers } from '../protocol/image-buffers.ts';
import { withoutSave } from './run-operation.ts';
import type { Operation } from './operation-context.ts';

/** Restores a region of a picture with some pixels around it, and cuts those off again. */
export const previewOperation: Operation<'preview'> = async ({ input, region, margin, options }, { deblur, pictures, signal, onProgress }) => {
  const picture = await pictures.read(input, signal);
  // Refuses a region that is not inside, before the margin hides it.
  const wanted = crop(picture, region);
  const area = widen(region, margin, picture);
  const result = await deblur.run(crop(picture, area), { ...options, signal, onProgress });
  const inside = { ...region, left: region.left - area.left, top: region.top - area.top };
  const image = crop(result.image!, inside);
  return {
    value: { result: { ...withoutSave(result), image, width: wanted.width, height: wanted.height } },
    transfer: imageBuffers(image),
  };
};

function widen({ left, top, width, height }: Rectangle, margin: number, whole: { readonly width: number; readonly height: number }): Rectangle {
  const from = { left: Math.max(0, left - margin), top: Math.max(0, top - margin) };
  return {
    ...from,
    width: Math.min(whole.width, left + width + margin) - from.left,
    height: Math.min(whole.height, top + height + margin) - from.top,
  };
}
