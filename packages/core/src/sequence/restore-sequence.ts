import { AbortedError, InvalidArgumentError } from '../errors/index.ts';
import { methodOf } from '../pipeline/plan-restoration.ts';
import { raceAbort } from '../runtime/race-abort.ts';
import { runPipeline } from '../pipeline/run-pipeline.ts';
import { trackFrames } from './track-frames.ts';
import type { PipelineContext } from '../pipeline/pipeline-context.ts';
import type { RunOptions } from '../pipeline/run-options.ts';
import { createStateMemory } from './create-state-memory.ts';
import { keepNetworkOpen } from './keep-network-open.ts';
import { readAhead } from './read-ahead.ts';
import type { SequenceFrame, SequenceInput, SequenceOptions } from './sequence-options.ts';

/**
 * Restores frames in order. At any time one frame is with the caller, the next is being restored and the one after it is being
 * read, however long the sequence is. Leaving the loop stops the work and gives the session back.
 *
 * @throws InvalidArgumentError if `frames` is one picture instead of many; else what `Deblur.run` throws
 */
export async function* restoreSequence(
  context: PipelineContext, frames: Iterable<unknown> | AsyncIterable<unknown>, options: SequenceOptions,
): AsyncGenerator<SequenceFrame, void, undefined> {
  checkFrames(frames);
  const { signal, total, isCut, state, onProgress, ...given } = options;
  const runOptions = withVideoModel(context, given);
  const memory = createStateMemory(state);
  const network = keepNetworkOpen(memory);
  const source = readAhead(frames);
  const stop = new AbortController();
  const stopOrAbort = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
  const progress = trackFrames(onProgress, total);
  let index = 0;

  async function restoreNext(): Promise<SequenceFrame | undefined> {
    const next = await raceAbort(source.next(), stopOrAbort);
    if (next.done) return undefined;
    const { input, output, reset = false } = frameOf(next.value);
    const place = index++;
    if (reset || await isCut?.({ index: place, input })) memory.clear();
    const result = await runPipeline(
      context, input, { ...runOptions, output, signal: stopOrAbort, onProgress: progress.listen }, network.prepare,
    );
    progress.advance();
    const remembered = memory.snapshot();
    if (remembered.tensors.size === 0) return { ...result, index: place };
    return { ...result, index: place, startsAnew: memory.isFresh, state: remembered };
  }

  let pending: Promise<SequenceFrame | undefined> | undefined;
  try {
    AbortedError.throwIfAborted(signal);
    pending = restoreNext();
    for (let frame = await pending; frame; frame = await pending) {
      pending = restoreNext();
      pending.catch(() => undefined);
      yield frame;
      AbortedError.throwIfAborted(signal);
    }
  } finally {
    stop.abort();
    await pending?.catch(() => undefined);
    network.release();
    const closed = source.close();
    // A source that is waiting for its next frame need not notice.
    if (signal?.aborted) closed.catch(() => undefined);
    else await closed;
  }
}

function checkFrames(frames: unknown): void {
  const isMany = typeof frames === 'object' && frames !== null && (Symbol.iterator in frames || Symbol.asyncIterator in frames);
  if (isMany && !ArrayBuffer.isView(frames)) return;
  throw new InvalidArgumentError('sequence() takes many frames: an array or a generator of pictures. For one picture call run().');
}

function frameOf(value: unknown): SequenceInput {
  return typeof value === 'object' && value !== null && 'input' in value ? value as SequenceInput : { input: value };
}

/** Where the caller leaves the model open, one made for video is taken if there is one. */
function withVideoModel({ backend, models }: PipelineContext, options: RunOptions): RunOptions {
  if (!backend || methodOf(options) !== 'network' || (options.model ?? 'auto') !== 'auto') return options;
  const [best] = models.rank({ tasks: ['video'] });
  return best?.suitable ? { ...options, model: best.model } : options;
}
