import { blurMap, blurMapToImage, detectBlur } from '@deblur/core';
import { imageBuffers } from '../protocol/image-buffers.ts';
import type { Operation } from './operation-context.ts';

/** Says what kind of blur a picture has, and where. */
export const detectOperation: Operation<'detect'> = async ({ input, options: { cell, image: draw = false } }, { pictures, signal }) => {
  const picture = await pictures.read(input, signal);
  const detection = await detectBlur(picture, { signal });
  const map = await blurMap(picture, { signal, ...(cell !== undefined && { cell }) });
  const image = draw ? blurMapToImage(map, draw === true ? {} : draw) : undefined;
  return { value: { detection, map, ...(image && { image }) }, transfer: imageBuffers(image) };
};
