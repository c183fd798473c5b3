import type { PixelImage } from '../image/pixel-image.ts';
import { findShift } from './find-shift.ts';
import type { FindShiftOptions } from './find-shift.ts';

/**
 * PSNR in dB (peak 1) after the best small displacement of the picture, for methods that may move it, such as deconvolution
 * with a PSF off its centre: the protocol for the pictures of Levin et al. 2009. See `findShift` for the search; identical
 * pictures give `Infinity`.
 *
 * @throws InvalidArgumentError if sizes, channels or transfer differ, an option is not usable, or a sample is not finite
 */
export function alignedPsnr(image: PixelImage, reference: PixelImage, options: FindShiftOptions = {}): number {
  return findShift(image, reference, options).psnr;
}
