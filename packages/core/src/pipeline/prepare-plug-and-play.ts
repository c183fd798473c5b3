import { createNetworkDenoiser, createPlugAndPlayRestorer } from '../deconvolution/plug-and-play/index.ts';
import type { TileSize } from '../runtime/tile-program.ts';
import type { Warning } from '../runtime/warning.ts';
import type { PipelineContext } from './pipeline-context.ts';
import type { PreparedRestorer } from './prepare-restorer.ts';
import { psfAtScale } from './psf-at-scale.ts';
import type { AppliedDeconvolution, RunOptions, WorkingScale } from './run-options.ts';

/** Plug-and-play deconvolution with a denoising network of the client. */
export function preparePlugAndPlay(
  context: PipelineContext, deconvolution: AppliedDeconvolution, scale: WorkingScale, picture: TileSize, options: RunOptions,
  warn: (warning: Warning) => void,
): PreparedRestorer {
  const { model, precision, provider, threads, selfCheck, onProgress } = options;
  const denoiser = createNetworkDenoiser(context, {
    model, precision, provider, threads, selfCheck, onWarning: warn, onProgress,
  });
  const { psf, noise } = psfAtScale(deconvolution, scale, picture);
  return {
    restorer: createPlugAndPlayRestorer(psf, { ...deconvolution.parameters, denoiser, noise, space: deconvolution.space }),
    describe: () => ({ deconvolution, model: denoiser.model, ...(denoiser.backend && { backend: denoiser.backend }) }),
  };
}
