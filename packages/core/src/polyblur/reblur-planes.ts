import type { FloatPlanes } from '../blur/float-planes.ts';
import type { Pacer } from '../deconvolution/pacer.ts';
import { blendHalos } from './blend-halos.ts';
import { holdNoise } from './hold-noise.ts';
import type { MildBlur } from './mild-blur.ts';
import type { ReblurOptions } from './polyblur-options.ts';
import { createReblurFilter } from './reblur-filter.ts';

/** A picture between two steps. */
export interface NoisyPlanes extends FloatPlanes {
  /** Standard deviation of its noise as a share of full scale. */
  readonly noise: number;
}

/**
 * One step of Polyblur: filters with p(k), then takes noise and halos out of the change. Where there are edges noise grows as the filter
 * has it, which is what the next step is told.
 */
export async function reblurPlanes(
  picture: NoisyPlanes, blur: MildBlur, options: Required<ReblurOptions>, pace: Pacer,
): Promise<NoisyPlanes> {
  const { width, height, noise } = picture;
  const filter = await createReblurFilter(picture, blur, options);
  try {
    const planes: Float32Array[] = [];
    for (const plane of picture.planes) {
      await pace();
      planes.push(filter.apply(plane));
    }
    await pace();
    holdNoise(picture, planes, noise ** 2 * filter.noiseGain);
    await pace();
    blendHalos(picture, planes, options.strength);
    return { width, height, planes, noise: noise * Math.sqrt(1 + filter.noiseGain) };
  } finally {
    filter.dispose();
  }
}
