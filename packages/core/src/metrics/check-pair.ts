import { InvalidArgumentError } from '../errors/index.ts';
import type { PixelImage } from '../image/pixel-image.ts';
import { validateImage } from '../image/validate-image.ts';

/**
 * Checks that two pictures can be compared sample by sample: valid, of one size, channel count and transfer (sample types
 * may differ), and at least `minimum` pixels wide and high after `crop` pixels are cut from each edge.
 *
 * @throws InvalidArgumentError saying what differs
 */
export function checkPair(a: PixelImage, b: PixelImage, crop: number, minimum: number): void {
  validateImage(a, 'The first image');
  validateImage(b, 'The second image');
  if (a.width !== b.width || a.height !== b.height || a.channels !== b.channels) {
    const size = (image: PixelImage): string => `${image.width}×${image.height} with ${image.channels} channel(s)`;
    throw new InvalidArgumentError(
      `The images cannot be compared: one has ${size(a)}, the other ${size(b)}. Crop or resize one first.`,
      { details: { first: [a.height, a.width, a.channels], second: [b.height, b.width, b.channels] } },
    );
  }
  if (a.transfer !== b.transfer) {
    throw new InvalidArgumentError(
      `The images cannot be compared: one has ${a.transfer} values, the other ${b.transfer}. Convert one with toSrgb or toLinear.`,
    );
  }
  if (!Number.isInteger(crop) || crop < 0) {
    throw new InvalidArgumentError(`crop is ${crop}; it must be a whole number of pixels ≥ 0.`);
  }
  const smaller = Math.min(a.width, a.height) - 2 * crop;
  if (smaller < minimum) {
    throw new InvalidArgumentError(
      `After cropping ${crop} pixels from each edge ${a.width}×${a.height} leaves fewer than ${minimum} pixel(s) on one side.`,
    );
  }
}
