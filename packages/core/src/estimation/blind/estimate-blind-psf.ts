import { centrePsf } from '../../blur/centre-psf.ts';
import { estimateBlurWidth } from '../../blur/estimate-blur-width.ts';
import { toFloatPlanes } from '../../blur/float-planes.ts';
import { lumaPlane } from '../../blur/luma-plane.ts';
import { psfFromArray } from '../../blur/psf-from-array.ts';
import { luminancePlane } from '../../blur/smooth-plane.ts';
import { checkFinite } from '../../deconvolution/deconvolve-planes.ts';
import { estimatePlaneNoise } from '../../deconvolution/estimate-noise.ts';
import { createPacer } from '../../deconvolution/pacer.ts';
import { InvalidArgumentError } from '../../errors/invalid-argument-error.ts';
import { crop } from '../../image/crop.ts';
import type { PixelImage } from '../../image/pixel-image.ts';
import { validateImage } from '../../image/validate-image.ts';
import type { BlindEstimate, BlindOptions } from './blind-estimate.ts';
import { chooseWindow } from './choose-window.ts';
import { searchKernel } from './search-kernel.ts';
import type { SquareKernel } from './square-kernel.ts';

const smallestSide = 64;
const largestKernel = 255;
/** Standard deviation below which a picture is taken to be constant: two 8-bit levels. */
const leastContrast = 2 / 255;
/** Standard deviation over that of the noise below which there is no texture. */
const leastSignal = 1.5;
/** Standard deviation to which pictures are scaled, so that the weights mean the same in all: that of Levin's. */
const usualContrast = 0.17;

/** Standard deviation in pixels along the widest direction below which a PSF is no blur to speak of. */
const leastSpread = 1.1;

/** Similarity of the kernels of different attempts at which confidence is 0. */
const leastAgreement = 0.6;
const leastConfidence = 0.2;

function checkOptions({ size, window = 800 }: BlindOptions): void {
  if (size !== undefined && !(size >= 5 && size <= largestKernel)) {
    throw new InvalidArgumentError(`size is ${size}; it must be a number of pixels from 5 to ${largestKernel}.`);
  }
  if (!(window >= smallestSide)) throw new InvalidArgumentError(`window is ${window}; it must be a number of pixels ≥ ${smallestSide}.`);
}

function standardDeviation(values: Float32Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

/** Standard deviation of a kernel along its widest direction, in pixels. */
function widestSpread({ side, values }: SquareKernel): number {
  let [x, y] = [0, 0];
  values.forEach((value, i) => {
    x += value * (i % side);
    y += value * Math.floor(i / side);
  });
  let [xx, xy, yy] = [0, 0, 0];
  values.forEach((value, i) => {
    const [dx, dy] = [(i % side) - x, Math.floor(i / side) - y];
    xx += value * dx * dx;
    xy += value * dx * dy;
    yy += value * dy * dy;
  });
  return Math.sqrt((xx + yy) / 2 + Math.hypot((xx - yy) / 2, xy));
}

/**
 * Estimates an unknown PSF, one for the whole picture, from the picture alone. Several attempts run from a small kernel in a small
 * picture to the full one, alternating a picture of few gradients and the kernel that blurs it to the observed one (after Xu, Zheng
 * and Jia, "Unnatural L0 sparse representation for natural image deblurring", CVPR 2013, and Pan et al. 2014). Of their kernels the
 * one that leaves the sparsest gradients is taken and refined. Works on luminance, in the part of the picture with most structure.
 *
 * The side of the PSF, where it is not given: attempts with 21, 27 and 35 pixels, larger in proportion where `estimateBlurWidth` is
 * above 32; while the best kernel fills the largest square, another attempt with a square 1.4 times as large, up to 255 pixels or a
 * third of the picture.
 *
 * Rather than guess it refuses, with the reason in the result: pictures that are too small, nearly constant or without edges, pictures
 * in which it finds no blur, attempts that disagree, and blur that fills even the largest square.
 *
 * @example
 * const { psf, refused } = await estimateBlindPsf(photo);
 * if (psf) await deconvolve(photo, psf);
 * @throws InvalidArgumentError for a bad picture or option, or samples that are not finite; AbortedError; OutOfMemoryError
 */
export async function estimateBlindPsf(image: PixelImage, options: BlindOptions = {}): Promise<BlindEstimate> {
  const { window = 800, space = 'linear', minimalPixels = false, implementation = 'auto', signal, onProgress } = options;
  checkOptions(options);
  validateImage(image);
  const pace = createPacer(signal);
  await pace();
  const { values: luma, ...whole } = lumaPlane(image);
  const area = await chooseWindow(luma, whole, Math.floor(window), pace);
  const part = crop(image, area);
  const planes = toFloatPlanes(part, space);
  checkFinite(planes);
  await pace();
  const observed = luminancePlane(planes);
  const noise = estimatePlaneNoise(observed, area);
  const shorter = Math.min(area.width, area.height);
  const largest = 2 * Math.floor(Math.min(largestKernel, shorter / 3) / 2) - 1;
  const size = options.size === undefined ? undefined : 2 * Math.floor(Math.ceil(options.size) / 2) + 1;
  const base = { kind: 'blind', noise, window: area } as const;
  const refuse = (refused: string, tried = size ?? 0): BlindEstimate => ({ ...base, confidence: 0, refused, size: tried });
  const extent = `${area.width}×${area.height}`;
  if (shorter < smallestSide) return refuse(`The picture of ${extent} is too small; at least ${smallestSide} pixels a side are needed.`);
  if (size !== undefined && size > shorter / 2) return refuse(`A PSF of ${size}×${size} is too large for ${extent} pixels.`);
  const contrast = standardDeviation(observed);
  if (contrast < leastContrast) return refuse('The picture is nearly constant, so it says nothing about its blur.');
  if (contrast < leastSignal * noise) return refuse('The picture is hardly more than noise, so it says nothing about its blur.');

  await pace();
  const width = estimateBlurWidth(part);
  if (size === undefined && width > largest) {
    const about = `it is about ${Math.round(width)} pixels wide in ${extent}`;
    return refuse(`The blur is too strong to estimate: ${about}. Reduce the picture first, or give a larger part of it.`);
  }
  const scale = usualContrast / contrast;
  const picture = { width: area.width, height: area.height, values: observed.map((value) => scale * value) };
  const found = await searchKernel(picture, {
    ...(size !== undefined && { size }), width, largest, implementation, minimalPixels, pace, ...(onProgress && { onProgress }),
  });
  if (!found.kernel) return refuse('There are too few edges in the picture to see its blur.', found.size);
  const confidence = Math.max(0, (found.agreement - leastAgreement) / (1 - leastAgreement));
  if (found.cut) {
    const all = `${found.size}×${found.size}`;
    return refuse(`The blur is too strong to estimate: it fills all of ${all} pixels. Reduce the picture first.`, found.size);
  }
  if (widestSpread(found.kernel) < leastSpread) {
    return refuse('No blur was found: the picture is sharp, or its blur is below a pixel or so.', found.size);
  }
  if (confidence < leastConfidence) return refuse('Several attempts found different blurs, so none can be relied on.', found.size);
  const psf = centrePsf(psfFromArray(found.kernel.values, { width: found.kernel.side, height: found.kernel.side }));
  return { ...base, psf, confidence, size: found.size };
}
