import type { PixelImage } from '../image/pixel-image.ts';
import type { Psf } from './psf.ts';

/** A picture of a PSF: grey, float, the largest weight 1, as `psfFromImage` reads it. */
export function psfToImage(psf: Psf): PixelImage {
  const largest = psf.data.reduce((most, weight) => Math.max(most, weight), 0);
  return { width: psf.width, height: psf.height, channels: 1, data: psf.data.map((weight) => weight / largest), transfer: 'srgb' };
}
