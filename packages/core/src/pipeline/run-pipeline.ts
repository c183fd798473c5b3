import { deblurTasks } from '../models/index.ts';
import { AbortedError } from '../errors/index.ts';
import { checkRunOptions } from './check-run-options.ts';
import { emitRows } from './emit-rows.ts';
import { openSink } from './open-sink.ts';
import { openSource } from './open-source.ts';
import { methodOf, planRestoration } from './plan-restoration.ts';
import { modelOf } from './prepare-network.ts';
import { prepareRestorer } from './prepare-restorer.ts';
import { readSample } from './read-sample.ts';
import { restorePicture } from './restore-picture.ts';
import { saveResult } from './save-result.ts';
import type { ModelTask } from '../models/manifest.ts';
import type { Warning } from '../runtime/warning.ts';
import type { Abilities } from './plan-restoration.ts';
import type { PipelineContext } from './pipeline-context.ts';
import type { OpenedSource } from './open-source.ts';
import type { RestorationPlan } from './restoration-plan.ts';
import type { RowSink } from './open-sink.ts';
import type { RunOptions, RunResult } from './run-options.ts';

/**
 * Restores one picture: the whole path from source to sink.
 *
 * @param prepare opens what the plan needs; a sequence keeps it open from frame to frame
 */
export async function runPipeline(
  context: PipelineContext, input: unknown, options: RunOptions, prepare: typeof prepareRestorer = prepareRestorer,
): Promise<RunResult> {
  const startedAt = performance.now();
  const { signal } = options;
  AbortedError.throwIfAborted(signal);
  checkRunOptions(options);
  if (methodOf(options) === 'network') modelOf(context, options);

  const open = (): Promise<OpenedSource> =>
    openSource(input, context.codecs, { limits: options.limits, metadata: options.metadata ?? true, signal });
  const plan = await planRestoration(options, () => readSample(open, signal), abilitiesOf(context));
  const source = await open();
  try {
    const sink = await openSink(options.output, context.codecs, source, { ...options.encode, signal });
    try {
      return await restoreInto(sink, { context, source, plan, options, startedAt, prepare });
    } catch (error) {
      await sink.abort();
      throw error;
    }
  } finally {
    await source.close();
  }
}

const nothingOpened = { readModelMs: 0, createSessionMs: 0, selfCheckMs: 0 };

function abilitiesOf({ backend, models }: PipelineContext): Abilities {
  const has = (tasks: readonly ModelTask[]): boolean => backend !== undefined && models.rank({ tasks }).some(({ suitable }) => suitable);
  return { network: has(deblurTasks), denoiser: has(['denoise']) };
}

interface Work {
  readonly context: PipelineContext;
  readonly source: OpenedSource;
  readonly plan: RestorationPlan;
  readonly options: RunOptions;
  readonly startedAt: number;
  readonly prepare: typeof prepareRestorer;
}

async function restoreInto(sink: RowSink, { context, source, plan, options, startedAt, prepare }: Work): Promise<RunResult> {
  const warnings: Warning[] = [...source.warnings, ...plan.warnings];
  const warn = (warning: Warning): void => void warnings.push(warning);
  const { method, scale, choice } = plan;
  const prepared = await prepare(context, plan, source, options, warn);
  try {
    const restoreAt = performance.now();
    const picture = restorePicture(source, { ...options, restorer: prepared.restorer, scale, warn });
    for await (const rows of picture.rows) {
      const emitted = emitRows(rows, source.type, options.strength ?? 1);
      options.onRows?.(emitted, rows.y);
      await sink.write(emitted);
    }
    const tiles = picture.tiles();
    if (tiles.kept > 0) warn(keptWarning(tiles));
    const finished = await sink.finish();
    if (finished.output) warnings.push(...finished.output.warnings);
    const finishedAt = performance.now();
    return {
      ...finished,
      method,
      ...(choice && { choice }),
      ...prepared.describe(),
      width: source.width,
      height: source.height,
      ...(source.format !== undefined && { sourceFormat: source.format }),
      scale,
      tiles,
      warnings,
      timings: { ...(prepared.timings ?? nothingOpened), restoreMs: finishedAt - restoreAt, totalMs: finishedAt - startedAt },
      save: (target, encode) => saveResult(finished, target, context.codecs, { fallbackFormat: source.format, ...encode }),
    };
  } finally {
    prepared.release?.();
  }
}

function keptWarning({ kept, count }: RunResult['tiles']): Warning {
  return {
    code: 'tile-kept',
    message: `${kept} of ${count} tiles came back unusable (not finite, or changed beyond what blur explains) and kept their input there.`,
    details: { kept, count },
  };
}
