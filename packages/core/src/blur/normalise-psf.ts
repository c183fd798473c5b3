import type { Psf } from './psf.ts';
import { psfFromArray } from './psf-from-array.ts';

/**
 * The PSF with its weights scaled to sum 1.
 *
 * @throws InvalidArgumentError if a weight is negative or not finite, or all are zero
 */
export function normalisePsf(psf: Psf): Psf {
  return psfFromArray(psf.data, psf);
}
