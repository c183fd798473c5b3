import type { PixelImage } from '../image/pixel-image.ts';
import { crop } from '../image/crop.ts';
import { sampleTypeOf } from '../image/samples.ts';
import { convolvePlanes } from './convolve.ts';
import type { ConvolveOptions } from './convolve.ts';
import { fromFloatPlanes, toFloatPlanes } from './float-planes.ts';
import { addNoiseToPlanes, clipPlanes } from './noise.ts';
import type { Noise } from './noise.ts';
import { parsePsf } from './parse-psf.ts';
import type { Psf } from './psf.ts';

/** What `blur` does to a picture. */
export interface BlurOptions extends ConvolveOptions {
  /** The PSF, or its description as `parsePsf` reads it. */
  readonly psf: Psf | string;
  /** Noise added afterwards in the same space; a number is the standard deviation of Gaussian noise. Default none. */
  readonly noise?: Noise | number;
  /** Seed of the noise. Default 0. */
  readonly seed?: number;
  /** Cut values to [0,1] before they are encoded, as a sensor does. Default true. */
  readonly clip?: boolean;
}

/**
 * A degraded picture, y = k * x + n: blurred, made noisy and clipped, in linear light unless told otherwise. Alpha is kept.
 *
 * @example await blur(photo, { psf: 'motion:15,30', noise: 0.01, seed: 1 })
 * @throws InvalidArgumentError for a bad picture, PSF, noise or option; AbortedError
 */
export async function blur(image: PixelImage, options: BlurOptions): Promise<PixelImage> {
  const { noise = 0, seed = 0, clip = true, space = 'linear', type = sampleTypeOf(image.data) } = options;
  const psf = typeof options.psf === 'string' ? parsePsf(options.psf) : options.psf;
  const blurred = await convolvePlanes(toFloatPlanes(image, space), psf, options);
  addNoiseToPlanes(blurred, typeof noise === 'number' ? { gaussian: noise } : noise, seed);
  if (clip) clipPlanes(blurred);
  const { width, height } = blurred;
  const inside = { left: psf.width - 1 - psf.centre.x, top: psf.height - 1 - psf.centre.y, width, height };
  return fromFloatPlanes(blurred, options.boundary === 'valid' ? crop(image, inside) : image, space, type);
}
