import { fromFloatPlanes, toFloatPlanes } from '../blur/float-planes.ts';
import type { Psf } from '../blur/psf.ts';
import type { Fft2dOptions } from '../fft/index.ts';
import type { PixelImage, SampleType, Transfer } from '../image/pixel-image.ts';
import { sampleTypeOf } from '../image/samples.ts';
import { createSolver } from './create-solver.ts';
import { chooseDeconvolutionParameters } from './deconvolution-parameters.ts';
import type { DeconvolutionMethod, DeconvolutionParameters } from './deconvolution-parameters.ts';
import { createDeconvolutionPlan } from './deconvolution-plan.ts';
import type { DeconvolutionBoundary } from './deconvolution-plan.ts';
import { checkFinite, deconvolvePlanes } from './deconvolve-planes.ts';
import { estimatePlanesNoise } from './estimate-noise.ts';
import { createPacer } from './pacer.ts';

/** How to undo a known blur. */
export interface DeconvolveOptions extends DeconvolutionParameters {
  /** Default `tv`. */
  readonly method?: DeconvolutionMethod;
  /** Standard deviation of the noise in the working space as a share of full scale, [0, 1]. Default: estimated. */
  readonly noise?: number;
  /** Working space. Blur adds up light, so `linear` unless the blur was made in encoded values. Default `linear`. */
  readonly space?: Transfer;
  /** Default `wrap`. */
  readonly boundary?: DeconvolutionBoundary;
  /** Sample type of the result. Default: that of the picture. */
  readonly type?: SampleType;
  /** Of the Fourier transform. Default `auto`. */
  readonly implementation?: Fft2dOptions['implementation'];
  readonly signal?: AbortSignal;
}

/** A picture with its blur undone, and what that was based on. */
export interface DeconvolutionResult {
  /** Size, channels, transfer, alpha, profile and metadata of the picture. Floats may lie a little outside [0,1]. */
  readonly image: PixelImage;
  readonly method: DeconvolutionMethod;
  /** Standard deviation of the noise, given or estimated, in the working space as a share of full scale. */
  readonly noise: number;
  /** All parameters of the method, given or chosen. */
  readonly parameters: DeconvolutionParameters;
}

/**
 * Undoes the blur of a known PSF. The whole picture is held in floats: measured on 8-bit colour pictures, 40 (`wiener`) to 70 (`tv`,
 * `hyper-laplacian`) bytes a pixel beyond the picture itself. Pictures too large for that go through `createDeconvolutionRestorer`
 * tile by tile.
 *
 * @example
 * const { image } = await deconvolve(photo, motionPsf(15, 30), { method: 'tv' });
 * @throws InvalidArgumentError for a bad picture, PSF or option, for samples that are not finite, or if the PSF is larger than the
 *   picture; AbortedError; OutOfMemoryError
 */
export async function deconvolve(image: PixelImage, psf: Psf, options: DeconvolveOptions = {}): Promise<DeconvolutionResult> {
  const { method = 'tv', space = 'linear', boundary, type, implementation, signal } = options;
  const pace = createPacer(signal);
  await pace();
  const picture = toFloatPlanes(image, space);
  checkFinite(picture, sampleTypeOf(image.data));
  const noise = options.noise ?? estimatePlanesNoise(picture.planes, picture);
  const parameters = chooseDeconvolutionParameters(method, noise, options);
  const plan = await createDeconvolutionPlan({
    width: picture.width, height: picture.height, psf, ...(boundary && { boundary }), ...(implementation && { implementation }),
  });
  try {
    const restored = await deconvolvePlanes(plan, createSolver(plan, method, parameters), picture, pace);
    return { image: fromFloatPlanes(restored, image, space, type ?? sampleTypeOf(image.data)), method, noise, parameters };
  } finally {
    plan.dispose();
  }
}
