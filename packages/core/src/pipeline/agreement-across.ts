import type { BlindEstimate } from '../estimation/blind/blind-estimate.ts';
import { crop } from '../image/crop.ts';
import type { PixelImage } from '../image/pixel-image.ts';
import { kernelSimilarity } from '../metrics/kernel-similarity.ts';
import { estimateBlur } from './estimate-blur.ts';
import type { RunOptions } from './run-options.ts';

/**
 * How alike the blindly estimated PSFs of the two halves of a picture are to that of the whole, 0 to 1: near 1 where one PSF holds
 * everywhere, low where the blur varies or an estimate is wrong; 0 where a half refuses.
 */
export async function agreementAcross(sample: PixelImage, whole: BlindEstimate, options: RunOptions): Promise<number> {
  const { width, height } = sample;
  const wide = width >= height;
  const half = wide ? { width: width >> 1, height } : { width, height: height >> 1 };
  let least = 1;
  for (const [left, top] of [[0, 0], [width - half.width, height - half.height]] as const) {
    const { psf } = await estimateBlur(crop(sample, { left, top, ...half }), options);
    if (!psf || !whole.psf) return 0;
    least = Math.min(least, kernelSimilarity(psf, whole.psf));
  }
  return least;
}
