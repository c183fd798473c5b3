import { InvalidArgumentError } from '../errors/invalid-argument-error.ts';
import type { PixelImage } from '../image/pixel-image.ts';
import { validateImage } from '../image/validate-image.ts';
import type { Psf } from './psf.ts';
import { psfFromArray } from './psf-from-array.ts';

/**
 * A PSF from its picture: the samples as they are (no transfer curve undone), scaled to sum 1, centre in the middle.
 * Of an RGB picture the mean of the channels counts; alpha is ignored.
 *
 * @throws InvalidArgumentError if the picture is black, larger than 2049 along a side, or holds negative or non-finite samples
 */
export function psfFromImage(image: PixelImage): Psf {
  validateImage(image);
  const { width, height, channels, data } = image;
  if (width * height > 2049 ** 2) throw new InvalidArgumentError(`A picture of ${width}×${height} is too large to be a PSF.`);
  const weights = new Float64Array(width * height);
  for (let i = 0; i < data.length; i++) weights[Math.floor(i / channels)]! += data[i]!;
  return psfFromArray(weights, { width, height });
}
