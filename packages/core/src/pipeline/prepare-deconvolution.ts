import { resamplePsf } from '../blur/resample-psf.ts';
import { createDeconvolutionRestorer } from '../deconvolution/index.ts';
import { InvalidArgumentError } from '../errors/index.ts';
import type { TileSize } from '../runtime/tile-program.ts';
import type { PreparedRestorer } from './prepare-restorer.ts';
import type { PlannedDeconvolution } from './restoration-plan.ts';
import type { WorkingScale } from './run-options.ts';

/**
 * A deconvolution for the working scale: the PSF shrinks with the picture, and averaging pixels reduces their noise.
 *
 * @param picture size of the picture in full
 * @throws InvalidArgumentError if the PSF is larger
 */
export function prepareDeconvolution(step: PlannedDeconvolution, scale: WorkingScale, picture: TileSize): PreparedRestorer {
  const { kind: _kind, ...applied } = step;
  const { method, psf, noise, space, parameters } = applied;
  if (psf.width > picture.width || psf.height > picture.height) {
    throw new InvalidArgumentError(
      `The PSF of ${psf.width}×${psf.height} is larger than the picture of ${picture.width}×${picture.height}; crop or reduce the PSF.`,
    );
  }
  const restorer = createDeconvolutionRestorer(scale === 1 ? psf : resamplePsf(psf, scale), { ...parameters, method, noise: noise * scale, space });
  return {
    restorer,
    timings: { readModelMs: 0, createSessionMs: 0, selfCheckMs: 0 },
    describe: () => ({ method, deconvolution: applied }),
    release: () => undefined,
  };
}
