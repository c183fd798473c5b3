import { InvalidArgumentError } from '../errors/invalid-argument-error.ts';
import type { Psf } from './psf.ts';
import { psfFromArray } from './psf-from-array.ts';

const tolerance = 1e-3;

/**
 * Checks that a value keeps the `Psf` contract; the sum may differ from 1 by 0.001.
 *
 * @throws InvalidArgumentError saying what is wrong
 */
export function validatePsf(psf: Psf): void {
  const given: unknown = psf;
  if (typeof given !== 'object' || given === null || !(psf.data instanceof Float32Array) || typeof psf.centre !== 'object') {
    throw new InvalidArgumentError('A PSF has width, height, data (Float32Array) and centre; make one with psfFromArray.');
  }
  psfFromArray(psf.data, psf);
  const sum = psf.data.reduce((total, weight) => total + weight, 0);
  if (Math.abs(sum - 1) > tolerance) {
    throw new InvalidArgumentError(`The weights of the PSF sum to ${sum}, not 1; pass it through normalisePsf.`);
  }
}
