import { createDeconvolutionRestorer } from '../deconvolution/index.ts';
import type { DeconvolutionMethod, DeconvolutionRestorerOptions } from '../deconvolution/index.ts';
import { createParallelRestorer } from '../deconvolution/parallel-restorer.ts';
import type { TileSize } from '../runtime/tile-program.ts';
import type { Warning } from '../runtime/warning.ts';
import type { PipelineContext } from './pipeline-context.ts';
import type { PreparedRestorer } from './prepare-restorer.ts';
import { psfAtScale } from './psf-at-scale.ts';
import type { AppliedDeconvolution, WorkingScale } from './run-options.ts';

/** A deconvolution by one of core's own methods, on the client's solvers if it has some. */
export function prepareDeconvolution(
  { solvers }: Pick<PipelineContext, 'solvers'>, deconvolution: AppliedDeconvolution, scale: WorkingScale, picture: TileSize,
  warn: (warning: Warning) => void,
): PreparedRestorer {
  const { method, space, parameters } = deconvolution;
  const { psf, noise } = psfAtScale(deconvolution, scale, picture);
  const options: DeconvolutionRestorerOptions = { ...parameters, method: method as DeconvolutionMethod, noise, space };
  const describe: PreparedRestorer['describe'] = () => ({ deconvolution });
  if (!solvers) return { restorer: createDeconvolutionRestorer(psf, options), describe };
  const { restorer, close } = createParallelRestorer(psf, options, solvers, warn);
  return { restorer, describe, release: close };
}
