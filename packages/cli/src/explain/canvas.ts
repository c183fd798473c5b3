import type { PixelImage } from '@deblur/core';

type Colour = readonly [number, number, number];

/** An 8-bit RGB picture to draw on. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  /** Sets a pixel; beyond the edge nothing happens. */
  set(x: number, y: number, colour: Colour): void;
  /** Draws the outline of a rectangle. */
  outline(left: number, top: number, width: number, height: number, colour: Colour): void;
  readonly image: PixelImage;
}

/** A canvas filled by a function of the place. */
export function createCanvas(width: number, height: number, colourAt: (x: number, y: number) => Colour): Canvas {
  const data = new Uint8Array(width * height * 3);
  const set = (x: number, y: number, colour: Colour): void => {
    if (x >= 0 && y >= 0 && x < width && y < height) data.set(colour, (y * width + x) * 3);
  };
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) set(x, y, colourAt(x, y));
  return {
    width, height, set,
    outline(left, top, w, h, colour): void {
      for (let x = left; x < left + w; x++) for (const y of [top, top + h - 1]) set(x, y, colour);
      for (let y = top; y < top + h; y++) for (const x of [left, left + w - 1]) set(x, y, colour);
    },
    image: { width, height, channels: 3, data, transfer: 'srgb' },
  };
}
