import { toFloatPlanes } from '../blur/float-planes.ts';
import type { FloatPlanes } from '../blur/float-planes.ts';
import { luminancePlane } from '../blur/smooth-plane.ts';
import type { PixelImage, Transfer } from '../image/pixel-image.ts';
import { checkFinite } from '../deconvolution/deconvolve-planes.ts';
import { greatestSlopes } from './greatest-slopes.ts';
import type { MildBlur } from './mild-blur.ts';
import { valueRange } from './value-range.ts';

/** σ² = (c/f)² − b², f being the greatest slope of the picture scaled to [0,1] (Delbracio et al. 2021, section IV). */
const model = { c: 0.352, b: 0.764 };
const leastSigma = 0.3;
const mostSigma = 4;
/** Share of the pixels that may lie outside the range to which the picture is scaled, at either end. */
const outliers = 1e-4;

/** Standard deviation of the blur along a direction of this greatest slope. */
function sigmaOf(slope: number): number {
  const square = (model.c / slope) ** 2 - model.b ** 2;
  return Math.min(mostSigma, Math.sqrt(Math.max(0, square)));
}

/** As `estimateMildBlur`, of planes. */
export function estimatePlanesMildBlur(picture: FloatPlanes): MildBlur | undefined {
  const { width, height } = picture;
  const luminance = luminancePlane(picture);
  const { low, high } = valueRange(luminance, outliers);
  if (!(high > low)) return undefined;
  for (let i = 0; i < luminance.length; i++) luminance[i] = Math.min(1, Math.max(0, (luminance[i]! - low) / (high - low)));
  const slopes = greatestSlopes(luminance, width, height);
  const direction = slopes.indexOf(Math.min(...slopes));
  const wide = slopes[direction]!;
  const narrow = slopes[(direction + slopes.length / 2) % slopes.length]!;
  if (!(narrow > 0)) return undefined;
  const sigma = sigmaOf(wide);
  if (sigma < leastSigma) return undefined;
  return { sigma, rho: Math.max(leastSigma, sigmaOf(narrow)) / sigma, theta: (direction * 180) / slopes.length };
}

/**
 * Estimates a mild blur from the greatest slope in each direction, which in sharp pictures is about the same everywhere: some edge of
 * full contrast takes two pixels (Delbracio, Garcia-Dorado, Choi, Kelly and Milanfar, "Polyblur: Removing mild blur by polynomial
 * reblurring", 2021). Measure a whole picture, or enough of it to hold its strongest edge: where there is none, the estimate is too wide.
 *
 * @param space where the blur adds up. Default `linear`
 * @returns the blur; undefined where it is too weak to be seen (below 0.3 px along every axis), and for constant or tiny pictures
 * @throws InvalidArgumentError for a bad picture or space, or samples that are not finite
 */
export function estimateMildBlur(image: PixelImage, { space = 'linear' }: { readonly space?: Transfer } = {}): MildBlur | undefined {
  const picture = toFloatPlanes(image, space);
  checkFinite(picture);
  return estimatePlanesMildBlur(picture);
}
