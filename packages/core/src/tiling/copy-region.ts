import type { SampleArray } from '../image/pixel-image.ts';
import { reflectIndex } from './reflect-index.ts';
import type { RowRing } from './row-ring.ts';

/** A rectangle in picture pixels; it may reach beyond the picture. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Copies a region out of a ring that holds rows of a picture of the given size, reflecting beyond its edges. */
export function copyRegion(ring: RowRing, width: number, height: number, channels: number, region: Region, target: SampleArray): void {
  const data = ring.data;
  const insideFrom = Math.min(region.width, Math.max(0, -region.x));
  const insideTo = Math.max(insideFrom, Math.min(region.width, width - region.x));
  for (let row = 0; row < region.height; row++) {
    const source = ring.offset(reflectIndex(region.y + row, height));
    const result = row * region.width * channels;
    if (insideFrom < insideTo) {
      const first = source + (region.x + insideFrom) * channels;
      target.set(data.subarray(first, first + (insideTo - insideFrom) * channels), result + insideFrom * channels);
    }
    const reflect = (from: number, to: number): void => {
      for (let column = from; column < to; column++) {
        const pixel = source + reflectIndex(region.x + column, width) * channels;
        for (let channel = 0; channel < channels; channel++) target[result + column * channels + channel] = data[pixel + channel]!;
      }
    };
    reflect(0, insideFrom);
    reflect(insideTo, region.width);
  }
}

/** Rows of the picture that a range of rows shows when reflected at the picture's edges, as [first, end). */
export function reflectedRange(y: number, count: number, height: number): readonly [from: number, to: number] {
  const end = y + count;
  if (y >= 0 && end <= height) return [y, end];
  let first = height - 1;
  let last = 0;
  // One period of the reflection shows every row there is.
  for (let row = y; row < Math.min(end, y + 2 * height); row++) {
    const source = reflectIndex(row, height);
    first = Math.min(first, source);
    last = Math.max(last, source);
  }
  return [first, last + 1];
}
