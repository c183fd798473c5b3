import { prepareDeconvolution } from './prepare-deconvolution.ts';
import { prepareNetwork } from './prepare-network.ts';
import type { PipelineContext } from './pipeline-context.ts';
import type { RestorationPlan } from './restoration-plan.ts';
import type { RunOptions, RunResult, RunTimings } from './run-options.ts';
import type { TileRestorer } from './tile-restorer.ts';
import type { TileSize } from '../runtime/tile-program.ts';
import type { Warning } from '../runtime/warning.ts';

/** A restorer ready to run, and what it holds. */
export interface PreparedRestorer {
  readonly restorer: TileRestorer;
  readonly timings: Pick<RunTimings, 'readModelMs' | 'createSessionMs' | 'selfCheckMs'>;
  /** What the result says of it; asked when the work is done. */
  describe(): Pick<RunResult, 'method' | 'model' | 'backend' | 'deconvolution'>;
  release(): void;
}

/** Opens what a plan needs for a picture of a size. */
export async function prepareRestorer(
  context: PipelineContext, plan: RestorationPlan, picture: TileSize, options: RunOptions, warn: (warning: Warning) => void,
): Promise<PreparedRestorer> {
  if (plan.step.kind === 'deconvolution') return prepareDeconvolution(plan.step, plan.scale, picture);
  return prepareNetwork(context, options, warn);
}
