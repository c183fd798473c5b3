import type { Psf } from '../../blur/psf.ts';
import { validatePsf } from '../../blur/validate-psf.ts';
import type { TileRestorer } from '../../pipeline/tile-restorer.ts';
import { createPlanRestorer } from '../plan-restorer.ts';
import { checkNoise } from '../check-noise.ts';
import type { PlugAndPlayOptions } from './deconvolve-plug-and-play.ts';
import { checkDenoiser, choosePlugAndPlayParameters } from './plug-and-play-parameters.ts';
import { createPlugAndPlaySolver } from './plug-and-play-solver.ts';

/** Options of `deconvolvePlugAndPlay`, but for those that belong to a whole picture. */
export interface PlugAndPlayRestorerOptions extends Omit<PlugAndPlayOptions, 'type' | 'signal' | 'noise' | 'onProgress'> {
  /** Standard deviation of the noise in the working space as a share of full scale, [0, 1]; one for all tiles. See `estimateNoise`. */
  readonly noise: number;
}

/** Floats a pixel at most held at once, counted: tile, planes and spectra of three channels, and what the denoiser takes and gives. */
const floatsPerPixel = 48;

/**
 * Plug-and-play deconvolution as a tile restorer, for pictures of any size. Tiles are restored on their own, one after another; `halo`
 * pixels at their edges, twice the longer side of the PSF, are not shown, and neighbours are blended over once that side. Measured at that
 * distance with `ffdnet-color` at noise 0.01: tiles differ from the whole picture by 0.0003 (PSF of 19×19) and 0.006 rms of full scale
 * (23×23, whose transfer function nearly vanishes at some frequencies).
 *
 * @throws InvalidArgumentError for a bad PSF or option
 */
export function createPlugAndPlayRestorer(psf: Psf, options: PlugAndPlayRestorerOptions): TileRestorer {
  const { denoiser, space = 'linear', noise, boundary, implementation } = options;
  validatePsf(psf);
  checkDenoiser(denoiser);
  checkNoise(noise);
  const settings = { ...choosePlugAndPlayParameters(options), denoiser, noise, ...(boundary && { boundary }) };
  return createPlanRestorer(psf, {
    space, floatsPerPixel, ...(boundary && { boundary }), ...(implementation && { implementation }),
    bind: (plan) => (signal) => createPlugAndPlaySolver(plan, { ...settings, ...(signal && { signal }) }),
  });
}
