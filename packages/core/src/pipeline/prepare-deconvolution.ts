import { createDeconvolutionRestorer } from '../deconvolution/index.ts';
import type { DeconvolutionMethod } from '../deconvolution/index.ts';
import type { TileSize } from '../runtime/tile-program.ts';
import type { PreparedRestorer } from './prepare-restorer.ts';
import { psfAtScale } from './psf-at-scale.ts';
import type { AppliedDeconvolution, WorkingScale } from './run-options.ts';

/** A deconvolution by one of core's own methods. */
export function prepareDeconvolution(deconvolution: AppliedDeconvolution, scale: WorkingScale, picture: TileSize): PreparedRestorer {
  const { method, space, parameters } = deconvolution;
  const { psf, noise } = psfAtScale(deconvolution, scale, picture);
  return {
    restorer: createDeconvolutionRestorer(psf, { ...parameters, method: method as DeconvolutionMethod, noise, space }),
    describe: () => ({ deconvolution }),
  };
}
