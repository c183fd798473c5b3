import type { PixelImage } from '../image/pixel-image.ts';
import { findShift } from './find-shift.ts';
import type { FindShiftOptions } from './find-shift.ts';

/**
 * What not knowing the blur costs: the sum of squared differences of a blind result over that of the result of the same method with
 * the true PSF, each from the sharp picture after its best small displacement (`findShift`). 1 is as good as knowing the PSF;
 * results up to 2 count as successful (Levin, Weiss, Durand and Freeman, "Understanding and evaluating blind deconvolution
 * algorithms", CVPR 2009, section 4). Two perfect results give 1.
 *
 * @throws InvalidArgumentError if sizes, channels or transfer differ, an option is not usable, or a sample is not finite
 */
export function ssdErrorRatio(
  blind: PixelImage, known: PixelImage, sharp: PixelImage, options: FindShiftOptions = {},
): number {
  const blindPsnr = findShift(blind, sharp, options).psnr;
  const knownPsnr = findShift(known, sharp, options).psnr;
  return blindPsnr === knownPsnr ? 1 : 10 ** ((knownPsnr - blindPsnr) / 10);
}
