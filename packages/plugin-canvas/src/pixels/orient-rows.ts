import type { SampleArray } from '@deblur/core';
import { sameKind } from './pixel-rows.ts';
import type { PixelRows, PixelSurface } from './pixel-rows.ts';

/**
 * The rows of a stored picture as they are to be seen, by its EXIF orientation (CIPA DC-008, tag 274): 1 as stored,
 * 2 mirrored, 3 half turn, 4 upside down, 5 transposed, 6 quarter turn clockwise, 7 transposed over the other diagonal,
 * 8 quarter turn anticlockwise.
 */
export function orientRows(surface: PixelSurface, orientation: number): PixelRows {
  const { width, height, samples } = surface;
  const turned = orientation >= 5;
  const fromRight = orientation === 2 || orientation === 3 || orientation === 7 || orientation === 8;
  const fromBottom = orientation === 3 || orientation === 4 || orientation === 6 || orientation === 7;
  let next = 0;
  return {
    samples,
    async read(count): Promise<SampleArray> {
      const first = next;
      next += count;
      if (!turned) {
        const part = await surface.read(0, fromBottom ? height - first - count : first, width, count);
        if (!fromRight && !fromBottom) return part;
        return rearrange(part, width, count, samples, (x, y) => (fromBottom ? count - 1 - y : y) * width + (fromRight ? width - 1 - x : x));
      }
      const part = await surface.read(fromRight ? width - first - count : first, 0, count, height);
      return rearrange(part, height, count, samples, (x, y) => (fromBottom ? height - 1 - x : x) * count + (fromRight ? count - 1 - y : y));
    },
    close: () => surface.close(),
  };
}

/** Pixels in another order; `from` says which stored pixel of the part is seen at x, y. */
function rearrange(part: SampleArray, width: number, height: number, samples: number, from: (x: number, y: number) => number): SampleArray {
  const result = sameKind(part, part.length);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let at = from(x, y) * samples;
      for (let i = 0; i < samples; i++) result[to++] = part[at++]!;
    }
  }
  return result;
}
