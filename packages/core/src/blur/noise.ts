import { InvalidArgumentError } from '../errors/invalid-argument-error.ts';
import type { PixelImage, SampleType, Transfer } from '../image/pixel-image.ts';
import { sampleTypeOf } from '../image/samples.ts';
import { drawPoisson } from './draw-poisson.ts';
import { fromFloatPlanes, toFloatPlanes } from './float-planes.ts';
import type { FloatPlanes } from './float-planes.ts';
import { createRandom } from './seeded-random.ts';

/** Noise of a sensor: photons first, then the electronics. */
export interface Noise {
  /** Standard deviation of Gaussian noise, full scale being 1; 0 to 10. Default 0. */
  readonly gaussian?: number;
  /** Photons that make full scale; a value x becomes Poisson(x·photons) / photons. Above 0, at most 10⁹. Default: no photon noise. */
  readonly photons?: number;
}

/** Options of `addNoise`. */
export interface AddNoiseOptions {
  /** Seed of the random numbers, see `createRandom`. Default 0. */
  readonly seed?: number;
  /** Space in which the noise is added. Default `linear`. */
  readonly space?: Transfer;
  /** Cut values to [0,1], as a sensor does. Default true. */
  readonly clip?: boolean;
  /** Sample type of the result. Default: that of the picture. */
  readonly type?: SampleType;
}

function checkNoise({ gaussian = 0, photons = 1 }: Noise): void {
  if (!(gaussian >= 0 && gaussian <= 10)) {
    throw new InvalidArgumentError(`Gaussian noise has a standard deviation from 0 to 10 (full scale is 1), not ${gaussian}.`);
  }
  if (!(photons > 0 && photons <= 1e9)) throw new InvalidArgumentError(`Full scale is above 0 and at most 10⁹ photons, not ${photons}.`);
}

/** Adds noise to planes in place; pixel by pixel, channels within. */
export function addNoiseToPlanes({ planes }: FloatPlanes, noise: Noise, seed: number): void {
  checkNoise(noise);
  const { gaussian = 0, photons } = noise;
  const random = createRandom(seed);
  for (let i = 0; i < planes[0]!.length; i++) {
    for (const plane of planes) {
      let value = plane[i]!;
      if (photons !== undefined) value = drawPoisson(random, Math.max(0, value) * photons) / photons;
      plane[i] = gaussian > 0 ? value + gaussian * random.normal() : value;
    }
  }
}

/** Cuts planes to [0,1] in place. */
export function clipPlanes({ planes }: FloatPlanes): void {
  for (const plane of planes) {
    for (let i = 0; i < plane.length; i++) plane[i] = Math.min(1, Math.max(0, plane[i]!));
  }
}

/**
 * The picture with noise: first photon (Poisson), then Gaussian, in linear light unless told otherwise. The same seed gives the same
 * noise. Alpha is kept as it is.
 *
 * @throws InvalidArgumentError for a bad picture, noise or seed
 */
export function addNoise(image: PixelImage, noise: Noise, options: AddNoiseOptions = {}): PixelImage {
  const { seed = 0, space = 'linear', clip = true, type = sampleTypeOf(image.data) } = options;
  const picture = toFloatPlanes(image, space);
  addNoiseToPlanes(picture, noise, seed);
  if (clip) clipPlanes(picture);
  return fromFloatPlanes(picture, image, space, type);
}
