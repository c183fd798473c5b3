import { InvalidArgumentError } from '../errors/invalid-argument-error.ts';
import { createImage } from '../image/create-image.ts';
import type { PixelImage } from '../image/pixel-image.ts';
import type { BlurMap } from './blur-map.ts';

/** Options of `blurMapToImage`. */
export interface BlurMapToImageOptions {
  /** Blur width in pixels that is drawn white; wider blur too. Default: the widest of the map, at least 8. */
  readonly maximum?: number;
}

/** Cell before a pixel's centre, the next one, and how far the centre is from the first to the second. */
function between(pixel: number, cell: number, cells: number): readonly [number, number, number] {
  const place = Math.min(cells - 1, Math.max(0, (pixel + 0.5) / cell - 0.5));
  const first = Math.floor(place);
  return [first, Math.min(cells - 1, first + 1), place - first];
}

/**
 * A blur map as a grey 8-bit picture of the size of the picture it was made of: black where that is sharp, white where the blur is as
 * wide as `maximum`, in proportion between; linear between the centres of cells.
 *
 * @throws InvalidArgumentError if `maximum` is not a finite number above 0
 */
export function blurMapToImage(map: BlurMap, options: BlurMapToImageOptions = {}): PixelImage {
  const { imageWidth: width, imageHeight: height, cell } = map;
  const maximum = options.maximum ?? map.data.reduce((widest, value) => Math.max(widest, value), 8);
  if (!(maximum > 0 && Number.isFinite(maximum))) throw new InvalidArgumentError(`maximum is ${maximum}; it must be a number of pixels above 0.`);
  const data = new Uint8Array(width * height);
  const columns = Array.from({ length: width }, (_, x) => between(x, cell, map.width));
  for (let y = 0; y < height; y++) {
    const [above, below, down] = between(y, cell, map.height);
    for (let x = 0; x < width; x++) {
      const [left, right, across] = columns[x]!;
      const upper = map.data[above * map.width + left]! * (1 - across) + map.data[above * map.width + right]! * across;
      const lower = map.data[below * map.width + left]! * (1 - across) + map.data[below * map.width + right]! * across;
      data[y * width + x] = Math.min(255, Math.round((255 * (upper * (1 - down) + lower * down)) / maximum));
    }
  }
  return createImage({ width, height, channels: 1, data });
}
