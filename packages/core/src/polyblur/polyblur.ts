import { fromFloatPlanes, toFloatPlanes } from '../blur/float-planes.ts';
import { checkFinite } from '../deconvolution/deconvolve-planes.ts';
import { estimatePlanesNoise } from '../deconvolution/estimate-noise.ts';
import { createPacer } from '../deconvolution/pacer.ts';
import { convertSamples } from '../image/convert-samples.ts';
import type { PixelImage, SampleType, Transfer } from '../image/pixel-image.ts';
import { sampleTypeOf } from '../image/samples.ts';
import { estimatePlanesMildBlur } from './estimate-mild-blur.ts';
import type { MildBlur } from './mild-blur.ts';
import { checkPolyblurIterations, chooseReblurOptions } from './polyblur-options.ts';
import type { ReblurOptions } from './polyblur-options.ts';
import { reblurPlanes } from './reblur-planes.ts';
import type { NoisyPlanes } from './reblur-planes.ts';

/** How mild blur is removed. */
export interface PolyblurOptions extends ReblurOptions {
  /** Most steps, 1 to 3; each estimates what blur is left. Default 1; more are sharper than the original was. */
  readonly iterations?: number;
  /** Standard deviation of the noise in the working space as a share of full scale, [0, 1]. Default: estimated. */
  readonly noise?: number;
  /** Working space. Default `linear`. */
  readonly space?: Transfer;
  /** Sample type of the result. Default: that of the picture. */
  readonly type?: SampleType;
  readonly signal?: AbortSignal;
}

/** A picture with its mild blur removed. */
export interface PolyblurResult {
  /** Size, channels, transfer, alpha, profile and metadata of the picture. Floats may lie a little outside [0,1]. */
  readonly image: PixelImage;
  /** The blur found at each step that was done. Fewer than asked for: what was left is too weak to be seen. None: the picture is as it was. */
  readonly blurs: readonly MildBlur[];
  /** Standard deviation of the noise of the picture, given or estimated, in the working space as a share of full scale. */
  readonly noise: number;
}

/**
 * Removes mild blur that nothing is known of: estimates an anisotropic Gaussian, filters with a polynomial of it that roughly inverts it,
 * and mixes the blurred picture back in where halos arise; up to three times (Delbracio, Garcia-Dorado, Choi, Kelly and Milanfar,
 * "Polyblur: Removing mild blur by polynomial reblurring", 2021). Made for standard deviations of about 0.5 to 4 px. Pictures whose blur
 * is too weak for the estimate are returned as they are. Channels are filtered alike, alpha is kept.
 *
 * @throws InvalidArgumentError for a bad picture or option, or samples that are not finite; AbortedError; OutOfMemoryError
 */
export async function polyblur(image: PixelImage, options: PolyblurOptions = {}): Promise<PolyblurResult> {
  const { iterations = 1, space = 'linear', type = sampleTypeOf(image.data), signal } = options;
  checkPolyblurIterations(iterations);
  const pace = createPacer(signal);
  await pace();
  const given = toFloatPlanes(image, space);
  checkFinite(given);
  const noise = options.noise ?? estimatePlanesNoise(given.planes, given);
  const how = chooseReblurOptions(noise, options);
  let picture: NoisyPlanes = { ...given, noise };
  const blurs: MildBlur[] = [];
  while (blurs.length < iterations) {
    const blur = estimatePlanesMildBlur(picture);
    await pace();
    if (!blur) break;
    picture = await reblurPlanes(picture, blur, how, pace);
    blurs.push(blur);
  }
  const restored = blurs.length === 0 ? convertSamples(image, type) : fromFloatPlanes(picture, image, space, type);
  return { image: restored, blurs, noise };
}
