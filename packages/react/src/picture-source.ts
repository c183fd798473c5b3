import { convertSamples, toRgb, toSrgb } from '@deblur/core';
import type { PixelImage } from '@deblur/core';

/** A picture that can be shown: a URL, an encoded picture, decoded pixels. It stays the caller's and must not be changed meanwhile. */
export type PictureSource = string | Blob | ImageBitmap | ImageData | PixelImage;

/** Pictures that are drawn on a canvas; the others are loaded by an image element. */
export type DrawnPicture = Exclude<PictureSource, string | Blob>;

/** Draws decoded pixels and sets the canvas to their size. Values are shown as sRGB; an ICC profile of a `PixelImage` is not applied. */
export function drawPicture(canvas: HTMLCanvasElement, picture: DrawnPicture): void {
  canvas.width = picture.width;
  canvas.height = picture.height;
  const context = canvas.getContext('2d')!;
  if ('channels' in picture) context.putImageData(toImageData(picture), 0, 0);
  else if ('data' in picture) context.putImageData(picture, 0, 0);
  else context.drawImage(picture, 0, 0);
}

function toImageData(image: PixelImage): ImageData {
  const { width, height, data, alpha } = convertSamples(toSrgb(toRgb(image)), 'uint8');
  const pixels = new ImageData(width, height);
  for (let i = 0; i < width * height; i++) {
    pixels.data.set(data.subarray(3 * i, 3 * i + 3), 4 * i);
    pixels.data[4 * i + 3] = alpha?.[i] ?? 255;
  }
  return pixels;
}
