import { UnsupportedError } from '@deblur/core';

/**
 * Shows a picture on a canvas, whose size becomes the picture's; the bitmap is taken. The canvas gets a context of kind
 * `bitmaprenderer`, which takes over the bitmap's memory instead of copying it.
 * @throws UnsupportedError if the canvas has a context of another kind
 */
export function showOnCanvas(bitmap: ImageBitmap, canvas: HTMLCanvasElement | OffscreenCanvas): void {
  const context = canvas.getContext('bitmaprenderer') as ImageBitmapRenderingContext | null;
  if (!context) {
    throw new UnsupportedError('The canvas already has a context of another kind. Give a fresh canvas, or none, and draw the picture of the result yourself.');
  }
  if (canvas.width !== bitmap.width) canvas.width = bitmap.width;
  if (canvas.height !== bitmap.height) canvas.height = bitmap.height;
  context.transferFromImageBitmap(bitmap);
}
