import { AbortedError } from '../errors/index.ts';
import { checkParameters } from './check-parameters.ts';
import { checkRunOptions } from './check-run-options.ts';
import { chooseModel } from './choose-model.ts';
import { chooseScale } from './choose-scale.ts';
import { createNetworkRestorer } from './network-restorer.ts';
import { emitRows } from './emit-rows.ts';
import { leaseSession } from './lease-session.ts';
import { openSink } from './open-sink.ts';
import { openSource } from './open-source.ts';
import { restorePicture } from './restore-picture.ts';
import { saveResult } from './save-result.ts';
import type { Warning } from '../runtime/warning.ts';
import type { ModelPackage } from '../models/model-package.ts';
import type { PipelineContext } from './pipeline-context.ts';
import type { OpenedSource } from './open-source.ts';
import type { RowSink } from './open-sink.ts';
import type { RunOptions, RunResult, WorkingScale } from './run-options.ts';

/** Restores one picture: the whole path from source to sink. */
export async function runPipeline(context: PipelineContext, input: unknown, options: RunOptions): Promise<RunResult> {
  const startedAt = performance.now();
  const { signal } = options;
  AbortedError.throwIfAborted(signal);
  checkRunOptions(options);
  const model = chooseModel(context.models, options.model ?? 'auto');
  checkParameters(model.manifest, options.parameters ?? {});

  const open = (): Promise<OpenedSource> =>
    openSource(input, context.codecs, { limits: options.limits, metadata: options.metadata ?? true, signal });
  const scale = await chooseScale(options.scale ?? 1, open, signal);
  const source = await open();
  try {
    const sink = await openSink(options.output, context.codecs, source, { ...options.encode, signal });
    try {
      return await restoreInto(sink, { context, source, model, scale, options, startedAt });
    } catch (error) {
      await sink.abort();
      throw error;
    }
  } finally {
    await source.close();
  }
}

interface Work {
  readonly context: PipelineContext;
  readonly source: OpenedSource;
  readonly model: ModelPackage;
  readonly scale: WorkingScale;
  readonly options: RunOptions;
  readonly startedAt: number;
}

async function restoreInto(sink: RowSink, { context, source, model, scale, options, startedAt }: Work): Promise<RunResult> {
  const { manifest } = model;
  const warnings: Warning[] = [...source.warnings];
  const warn = (warning: Warning): void => void warnings.push(warning);
  const { lease, backend, timings } = await leaseSession(context, model, options);
  warnings.push(...lease.warnings);
  const restorer = createNetworkRestorer({
    lease, manifest, operations: context.operations, parameters: options.parameters ?? {}, warn,
  });
  try {
    const restoreAt = performance.now();
    const picture = restorePicture(source, { ...options, restorer, scale, warn });
    for await (const rows of picture.rows) await sink.write(emitRows(rows, source.type, options.strength ?? 1));
    const tiles = picture.tiles();
    if (tiles.kept > 0) warn(keptWarning(tiles));
    const finished = await sink.finish();
    if (finished.output) warnings.push(...finished.output.warnings);
    const finishedAt = performance.now();
    return {
      ...finished,
      width: source.width,
      height: source.height,
      model: { id: manifest.id, version: manifest.version },
      backend: { id: backend.id, provider: restorer.lease.session.provider },
      scale,
      tiles,
      warnings,
      timings: { ...timings, restoreMs: finishedAt - restoreAt, totalMs: finishedAt - startedAt },
      save: (target, encode) => saveResult(finished, target, context.codecs, { fallbackFormat: source.format, ...encode }),
    };
  } finally {
    restorer.lease.release();
  }
}

function keptWarning({ kept, count }: RunResult['tiles']): Warning {
  return {
    code: 'tile-kept',
    message: `${kept} of ${count} tiles came back unusable (not finite, or changed beyond what blur explains) and kept their input there.`,
    details: { kept, count },
  };
}
