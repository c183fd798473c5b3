import { convertSamples, OutputError, toSrgb } from '@deblur/core';
import type { PixelImage } from '@deblur/core';

/** Draws rows on a canvas as they come. */
export type RowPainter = (rows: PixelImage, top: number) => void;

/**
 * Prepares a canvas for a picture of a size.
 * @throws OutputError when the canvas has no 2D context, as it has another already
 */
export function createRowPainter(canvas: OffscreenCanvas, width: number, height: number): RowPainter {
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) throw new OutputError('Rows cannot be shown on the canvas: it has no 2D context. Pass one that was not used for anything else.');
  return (rows, top) => context.putImageData(toImageData(rows), 0, top);
}

function toImageData(rows: PixelImage): ImageData {
  const { width, height, channels, data, alpha } = convertSamples(rows.transfer === 'linear' ? toSrgb(rows) : rows, 'uint8');
  const pixels = new Uint8ClampedArray(width * height * 4);
  const [green, blue] = channels === 3 ? [1, 2] : [0, 0];
  for (let from = 0, to = 0, pixel = 0; to < pixels.length; from += channels, to += 4, pixel++) {
    pixels[to] = data[from]!;
    pixels[to + 1] = data[from + green]!;
    pixels[to + 2] = data[from + blue]!;
    pixels[to + 3] = alpha?.[pixel] ?? 255;
  }
  return new ImageData(pixels, width, height);
}
