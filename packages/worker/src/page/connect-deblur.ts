import { InvalidArgumentError } from '@deblur/core';
import type { RunResult, WrittenImage } from '@deblur/core';
import type { WorkerEndpoint } from '../endpoint/worker-endpoint.ts';
import type { SentResult, SinkChanges } from '../protocol/operations.ts';
import type { RemoteDeblur, RemoteEstimateOptions } from './remote-deblur.ts';
import { createInputSender, findCanvases } from './send-input.ts';
import { openLine } from './worker-line.ts';
import type { CallContext } from './worker-line.ts';

const defaultMargin = 32;

/**
 * Connects to a worker whose script calls `serveDeblur()`. The worker belongs to the client, which ends it on `dispose()`. Calls wait
 * until the worker is ready, so it may be used at once.
 *
 * @param worker a Web Worker, a worker of `node:worker_threads`, or a MessagePort whose other end is served
 * @example
 * ```ts
 * const deblur = connectDeblur(new Worker(new URL('./deblur-worker.ts', import.meta.url), { type: 'module' }));
 * const result = await deblur.run(file, { signal, onProgress });
 * ```
 */
export function connectDeblur(worker: WorkerEndpoint): RemoteDeblur {
  const line = openLine(worker);
  const send = createInputSender();

  async function write(...[image, sink, options = {}]: Parameters<RemoteDeblur['write']>): Promise<WrittenImage> {
    const { context, rest } = split(options, sink);
    const { written, sink: changes } = await line.call('write', { image, sink, options: rest }, context);
    fill(sink, changes);
    return written;
  }

  function withSave({ result, sink: changes }: SentResult, output: unknown): RunResult {
    fill(output, changes);
    return {
      ...result,
      save: (sink, options) => (result.image
        ? write(result.image, sink, { fallbackFormat: result.sourceFormat, ...options })
        : Promise.reject(noPicture())),
    };
  }

  return {
    async run(input, options = {}) {
      const { show, ...others } = options;
      const { context, rest } = split(others, input, show, options.output);
      return withSave(await line.call('run', { input: send(input), options: rest, ...(show && { show }) }, context), options.output);
    },
    async preview(input, region, options = {}) {
      const { margin = defaultMargin, ...others } = options;
      const { context, rest } = split(others, input);
      return withSave(await line.call('preview', { input: send(input), region, margin, options: rest }, context), undefined);
    },
    async probe(input, options = {}) {
      const { context, rest } = split(options, input);
      return line.call('probe', { input: send(input), options: rest }, context);
    },
    async read(input, options = {}) {
      const { context, rest } = split(options, input);
      return line.call('read', { input: send(input), options: rest }, context);
    },
    write,
    async detect(input, options = {}) {
      const { context, rest } = split(options, input);
      return line.call('detect', { input: send(input), options: rest }, context);
    },
    estimate: (async (input: unknown, { kind, ...options }: RemoteEstimateOptions) => {
      const { context, rest } = split(options, input);
      return line.call(kind, { input: send(input), options: rest }, context);
    }) as RemoteDeblur['estimate'],
    models: () => line.call('models', undefined, { transfer: [] }),
    providers: () => line.call('providers', undefined, { transfer: [] }),
    dispose: () => line.dispose(),
  };
}

/** Takes apart what stays here and what is sent. `given` may hold canvases. */
function split<Options extends Partial<CallContext>>(
  { signal, onProgress, transfer = [], ...rest }: Options, ...given: readonly unknown[]
): { readonly context: CallContext; readonly rest: Omit<Options, keyof CallContext> } {
  return { context: { signal, onProgress, transfer: [...new Set([...transfer, ...findCanvases(...given)])] }, rest };
}

/** Sets on the caller's sink what the worker set on its copy. */
function fill(sink: unknown, changes: SinkChanges | undefined): void {
  if (changes) Object.assign(sink as object, changes);
}

function noPicture(): InvalidArgumentError {
  return new InvalidArgumentError('This result holds no picture: it was written to the `output` of the call. Call run() without `output` to save it yourself.');
}
