import sharp from 'sharp';
import { createImage } from '@deblur/core';
import type { PixelImage } from '@deblur/core';
import { sharedData } from './shared-data.ts';

/** A rectangle of Kodak picture 1–24 as floats in sRGB; the whole picture without a rectangle. */
export async function loadKodak(
  picture: number, rectangle?: { readonly left: number; readonly top: number; readonly width: number; readonly height: number },
): Promise<PixelImage> {
  const file = sharp(sharedData(`kodak24/${String(picture).padStart(2, '0')}.png`)).removeAlpha();
  const { data, info } = await (rectangle ? file.extract(rectangle) : file).raw().toBuffer({ resolveWithObject: true });
  return createImage({ width: info.width, height: info.height, data: Float32Array.from(data, (value) => value / 255) });
}
