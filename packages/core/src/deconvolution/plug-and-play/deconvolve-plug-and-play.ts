import { fromFloatPlanes, toFloatPlanes } from '../../blur/float-planes.ts';
import type { Psf } from '../../blur/psf.ts';
import type { Fft2dOptions } from '../../fft/index.ts';
import type { PixelImage, SampleType, Transfer } from '../../image/pixel-image.ts';
import { sampleTypeOf } from '../../image/samples.ts';
import { trackProgress } from '../../runtime/progress-tracker.ts';
import type { ProgressListener } from '../../runtime/progress.ts';
import { checkNoise } from '../check-noise.ts';
import { createDeconvolutionPlan } from '../deconvolution-plan.ts';
import type { DeconvolutionBoundary } from '../deconvolution-plan.ts';
import { checkFinite, deconvolvePlanes } from '../deconvolve-planes.ts';
import { estimatePlanesNoise } from '../estimate-noise.ts';
import { createPacer } from '../pacer.ts';
import type { Denoiser } from './denoiser.ts';
import { checkDenoiser, choosePlugAndPlayParameters } from './plug-and-play-parameters.ts';
import type { PlugAndPlayParameters } from './plug-and-play-parameters.ts';
import { createPlugAndPlaySolver } from './plug-and-play-solver.ts';

/** How to undo a known blur with a denoiser as the prior. */
export interface PlugAndPlayOptions extends PlugAndPlayParameters {
  /** For colour; grey pictures reach it as three equal channels at a level of σ·√3. See `createNetworkDenoiser`. */
  readonly denoiser: Denoiser;
  /** Standard deviation of the noise in the working space as a share of full scale, [0, 1]; below 0.001 it counts as 0.001. Default: estimated. */
  readonly noise?: number;
  /** Working space, in which the denoiser runs too. Blur adds up light, so `linear` unless the blur was made in encoded values. Default `linear`. */
  readonly space?: Transfer;
  /** Default `wrap`. */
  readonly boundary?: DeconvolutionBoundary;
  /** Sample type of the result. Default: that of the picture. */
  readonly type?: SampleType;
  /** Of the Fourier transform. Default `auto`. */
  readonly implementation?: Fft2dOptions['implementation'];
  readonly signal?: AbortSignal;
  /** Told about each iteration, as stage `restore`. */
  readonly onProgress?: ProgressListener;
}

/** A picture with its blur undone, and what that was based on. */
export interface PlugAndPlayResult {
  /** Size, channels, transfer, alpha, profile and metadata of the picture. Floats may lie a little outside [0,1]. */
  readonly image: PixelImage;
  /** Standard deviation of the noise, given or estimated, in the working space as a share of full scale. */
  readonly noise: number;
  /** Parameters, given or chosen. */
  readonly parameters: Required<PlugAndPlayParameters>;
}

/**
 * Undoes the blur of a known PSF by plug-and-play half-quadratic splitting (Zhang et al. 2021). Best of the methods for colour pictures,
 * and the slowest: the denoiser runs at every iteration. Channels are treated jointly, alpha is kept. The whole picture is held in
 * floats; pictures too large for that go through `createPlugAndPlayRestorer` tile by tile.
 *
 * @example
 * const { image } = await deconvolvePlugAndPlay(photo, motionPsf(15, 30), { denoiser: createNetworkDenoiser(deblur) });
 * @throws InvalidArgumentError for a bad picture, PSF or option, for samples that are not finite, if the PSF is larger than the picture, or
 *   if the denoiser returns something of another size or not finite; AbortedError; OutOfMemoryError; what the denoiser throws
 */
export async function deconvolvePlugAndPlay(image: PixelImage, psf: Psf, options: PlugAndPlayOptions): Promise<PlugAndPlayResult> {
  const { denoiser, space = 'linear', boundary, type, implementation, signal, onProgress } = options;
  checkDenoiser(denoiser);
  const parameters = choosePlugAndPlayParameters(options);
  const pace = createPacer(signal);
  await pace();
  const picture = toFloatPlanes(image, space);
  checkFinite(picture);
  const noise = options.noise ?? estimatePlanesNoise(picture.planes, picture);
  checkNoise(noise);
  const plan = await createDeconvolutionPlan({
    width: picture.width, height: picture.height, psf, ...(boundary && { boundary }), ...(implementation && { implementation }),
  });
  try {
    const progress = trackProgress(onProgress, 'restore', parameters.iterations);
    const solver = createPlugAndPlaySolver(plan, {
      ...parameters, denoiser, noise, onStep: () => progress.advance(), ...(boundary && { boundary }), ...(signal && { signal }),
    });
    const restored = await deconvolvePlanes(plan, solver, picture, pace);
    return { image: fromFloatPlanes(restored, image, space, type ?? sampleTypeOf(image.data)), noise, parameters };
  } finally {
    plan.dispose();
  }
}
