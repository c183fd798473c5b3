import type { Psf } from './psf.ts';
import { psfFromArray } from './psf-from-array.ts';
import { validatePsf } from './validate-psf.ts';

/** Centre of gravity in pixels: column x, row y, from the middle of the first pixel. */
export function psfCentroid({ width, data }: Psf): { x: number; y: number } {
  let x = 0;
  let y = 0;
  let sum = 0;
  data.forEach((weight, i) => {
    x += weight * (i % width);
    y += weight * Math.floor(i / width);
    sum += weight;
  });
  return { x: x / sum, y: y / sum };
}

/**
 * The PSF with the pixel nearest to its centre of gravity as centre, in the middle of the smallest array of odd sides that holds
 * all non-zero weights: a picture blurred with it is not shifted, up to half a pixel.
 *
 * @throws InvalidArgumentError if it is not a PSF
 */
export function centrePsf(psf: Psf): Psf {
  validatePsf(psf);
  const middle = psfCentroid(psf);
  const centreX = Math.round(middle.x);
  const centreY = Math.round(middle.y);
  let radiusX = 0;
  let radiusY = 0;
  psf.data.forEach((weight, i) => {
    if (weight === 0) return;
    radiusX = Math.max(radiusX, Math.abs((i % psf.width) - centreX));
    radiusY = Math.max(radiusY, Math.abs(Math.floor(i / psf.width) - centreY));
  });
  const width = 2 * radiusX + 1;
  const height = 2 * radiusY + 1;
  const weights = new Float32Array(width * height);
  psf.data.forEach((weight, i) => {
    if (weight === 0) return;
    weights[(Math.floor(i / psf.width) - centreY + radiusY) * width + (i % psf.width) - centreX + radiusX] = weight;
  });
  return psfFromArray(weights, { width, height });
}
