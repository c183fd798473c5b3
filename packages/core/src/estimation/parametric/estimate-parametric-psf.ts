import { toFloatPlanes } from '../../blur/float-planes.ts';
import type { FloatPlanes } from '../../blur/float-planes.ts';
import { checkFinite } from '../../deconvolution/deconvolve-planes.ts';
import { createPacer } from '../../deconvolution/pacer.ts';
import { InvalidArgumentError } from '../../errors/invalid-argument-error.ts';
import type { PixelImage } from '../../image/pixel-image.ts';
import { trackProgress } from '../../runtime/progress-tracker.ts';
import { averageSpectrum } from './average-spectrum.ts';
import { chooseWindow, leastWindow } from './choose-window.ts';
import { fitFamilies, stepsOf } from './fit-families.ts';
import { judgeFits } from './judge-fits.ts';
import { expectedCost } from './fit-spectrum.ts';
import { noiseFloor } from './noise-floor.ts';
import type { EstimateParametricPsfOptions, ParametricEstimate } from './parametric-estimate.ts';
import { kernelOf, parametricKinds } from './parametric-psf.ts';
import type { ParametricKind } from './parametric-psf.ts';
import { selectSamples } from './spectrum-samples.ts';

/** Variance below which a picture counts as constant: a tenth of an 8-bit level. */
const leastVariance = (0.1 / 255) ** 2;
/** Standard deviations of the logarithm of the variance of noise: measured, and given. */
const measuredNoise = 0.15;
const givenNoise = 0.05;

function checkOptions({ kinds = parametricKinds, noise }: EstimateParametricPsfOptions): readonly ParametricKind[] {
  if (!Array.isArray(kinds) || kinds.length === 0 || !kinds.every((kind) => parametricKinds.includes(kind))) {
    throw new InvalidArgumentError(`Option 'kinds' is ${JSON.stringify(kinds)}; it must list one or more of ${parametricKinds.join(', ')}.`);
  }
  if (noise !== undefined && !(noise > 0 && noise <= 1)) {
    throw new InvalidArgumentError(`Option 'noise' is ${noise}; it must be a standard deviation as a share of full scale, above 0 and at most 1.`);
  }
  return kinds;
}

/** Mean of the channels, which has the least noise. */
function meanPlane({ planes }: FloatPlanes): Float32Array {
  const sum = planes[0]!.slice();
  for (const plane of planes.slice(1)) for (let i = 0; i < sum.length; i++) sum[i]! += plane[i]!;
  if (planes.length > 1) for (let i = 0; i < sum.length; i++) sum[i]! /= planes.length;
  return sum;
}

function variance(values: Float32Array): number {
  let [sum, squares] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    sum += values[i]!;
    squares += values[i]! ** 2;
  }
  return Math.max(0, squares / values.length - (sum / values.length) ** 2);
}

/**
 * Estimates a blur that is the same all over the picture and has one or two parameters: straight uniform motion, the disk of defocus,
 * or a Gaussian. Refuses rather than guess: sharp pictures, blur of another kind, too little structure, too much noise.
 *
 * Method: the power spectrum of the mean of the channels, averaged over tapered windows (Welch 1967), is modelled as
 * scene · |H|² + noise, where the logarithm of the scene's power is linear in log frequency with harmonics of direction, and H is
 * sinc (motion), 2J₁(x)/x (disk) or a Gaussian. Motion and disk are searched by matching log |H|² to what softness alone leaves
 * unexplained, then all unknowns are fitted together by robust Gauss–Newton steps. The most probable kind wins if it is clearly ahead.
 *
 * @example
 * const { psf, kernel, refused } = await estimateParametricPsf(photo);
 * if (kernel) sharp = await deconvolve(photo, kernel);
 * @throws InvalidArgumentError for a bad picture or option, or samples that are not finite; AbortedError; OutOfMemoryError
 */
export async function estimateParametricPsf(image: PixelImage, options: EstimateParametricPsfOptions = {}): Promise<ParametricEstimate> {
  const { space = 'linear', signal, onProgress } = options;
  const kinds = checkOptions(options);
  const pace = createPacer(signal);
  await pace();
  const picture = toFloatPlanes(image, space);
  checkFinite(picture);
  const channels = picture.planes.length;
  const refuse = (refused: string, noise: number): ParametricEstimate => ({ confidence: 0, refused, noise, candidates: [] });
  const side = chooseWindow(picture, options.window);
  if (side === undefined) {
    return refuse(`The picture of ${picture.width}×${picture.height} is too small; both sides must have ${leastWindow} pixels or more.`, options.noise ?? 0);
  }
  const values = meanPlane(picture);
  if (variance(values) < leastVariance) return refuse('The picture is constant.', options.noise ?? 0);

  const progress = trackProgress(onProgress, 'estimate', 1 + stepsOf(kinds));
  const spectrum = await averageSpectrum(values, picture, side, pace);
  progress.advance();
  const noise = options.noise === undefined
    ? { noise: Math.max(noiseFloor(spectrum), 1e-12), noiseDeviation: measuredNoise }
    : { noise: options.noise ** 2 / channels, noiseDeviation: givenNoise };
  const samples = selectSamples(spectrum);
  const fits = await fitFamilies(samples, noise, kinds, pace, () => progress.advance());
  const { psf, confidence, refused, candidates } = judgeFits(fits, kinds, expectedCost(samples));
  return {
    ...(psf && { psf, kernel: kernelOf(psf) }), confidence, ...(refused !== undefined && { refused }),
    noise: options.noise ?? Math.sqrt((fits.blurs[0] && psf?.kind === fits.blurs[0].kind ? fits.blurs[0].fit : fits.soft).noise * channels),
    candidates,
  };
}
