import { prepareNetwork } from './prepare-network.ts';
import { unchangedRestorer } from './unchanged-restorer.ts';
import type { PipelineContext } from './pipeline-context.ts';
import type { RestorationPlan } from './restoration-plan.ts';
import type { RunOptions, RunResult, RunTimings } from './run-options.ts';
import type { TileRestorer } from './tile-restorer.ts';
import type { TileSize } from '../runtime/tile-program.ts';
import type { Warning } from '../runtime/warning.ts';

/** A restorer ready to run, and what it holds. */
export interface PreparedRestorer {
  readonly restorer: TileRestorer;
  /** Opening times; absent where nothing is opened beforehand. */
  readonly timings?: Pick<RunTimings, 'readModelMs' | 'createSessionMs' | 'selfCheckMs'>;
  /** What the result says of it; asked when the work is done. */
  describe(): Pick<RunResult, 'model' | 'backend' | 'deconvolution' | 'blurs'>;
  release?(): void;
}

/** Opens what a plan needs for a picture of a size. */
export async function prepareRestorer(
  context: PipelineContext, { step, scale }: RestorationPlan, picture: TileSize, options: RunOptions, warn: (warning: Warning) => void,
): Promise<PreparedRestorer> {
  switch (step.kind) {
    case 'deconvolution':
      if (step.deconvolution.method === 'pnp') {
        const { preparePlugAndPlay } = await import('./prepare-plug-and-play.ts');
        return preparePlugAndPlay(context, step.deconvolution, scale, picture, options, warn);
      }
      return (await import('./prepare-deconvolution.ts')).prepareDeconvolution(context, step.deconvolution, scale, picture, warn);
    case 'polyblur':
      return (await import('./prepare-polyblur.ts')).preparePolyblur(step);
    case 'none':
      return { restorer: unchangedRestorer, describe: () => ({}) };
    case 'network':
      return prepareNetwork(context, options, warn);
  }
}
