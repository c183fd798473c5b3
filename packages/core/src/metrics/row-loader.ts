import type { PixelImage } from '../image/pixel-image.ts';
import { sampleMaximum, sampleTypeOf } from '../image/samples.ts';

/** Writes row `y` of the cropped picture, scaled so that integer maxima are 1, to `target` from index `start`. */
export type RowLoader = (y: number, target: Float64Array, start: number) => void;

/** Luma of R'G'B' (ITU-R BT.601). */
const luma = [0.299, 0.587, 0.114] as const;

/**
 * Reads rows of a picture as doubles.
 *
 * @param crop pixels left out along each edge
 * @param asLuma give one luma value for each RGB pixel
 */
export function createRowLoader(image: PixelImage, crop: number, asLuma: boolean): RowLoader {
  const { data, width, channels } = image;
  const maximum = sampleMaximum(sampleTypeOf(data));
  const pixels = width - 2 * crop;
  if (asLuma) {
    return (y, target, start) => {
      let from = ((y + crop) * width + crop) * channels;
      for (let i = 0; i < pixels; i++, from += 3) {
        target[start + i] = (luma[0] * data[from]! + luma[1] * data[from + 1]! + luma[2] * data[from + 2]!) / maximum;
      }
    };
  }
  return (y, target, start) => {
    const from = ((y + crop) * width + crop) * channels;
    for (let i = 0; i < pixels * channels; i++) target[start + i] = data[from + i]! / maximum;
  };
}
