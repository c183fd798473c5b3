import { InvalidArgumentError, DisposedError } from './errors/index.ts';
import { concatenateRows } from './image/concatenate-rows.ts';
import { checkGraph } from './graph/check-graph.ts';
import { createModelRegistry } from './models/model-registry.ts';
import { createOperationRegistry } from './graph/operation-registry.ts';
import { createSessionPool } from './runtime/session-pool.ts';
import { findReader, openSource } from './pipeline/open-source.ts';
import { writeImage } from './pipeline/open-sink.ts';
import type { Codec, EncodeOptions, ImageInfo, OpenOptions, WrittenImage } from './codec/codec.ts';
import type { PixelImage } from './image/pixel-image.ts';
import type { FileAccess } from './models/model-package.ts';
import type { ModelRegistry } from './models/model-registry.ts';
import type { PipelineContext } from './pipeline/pipeline-context.ts';
import type { RunOptions, RunResult } from './pipeline/run-options.ts';
import type { SequenceFrame, SequenceOptions } from './sequence/index.ts';
import type { DeblurPlugin } from './plugin.ts';
import type { Backend } from './runtime/backend.ts';

/** How a client is put together. */
export interface DeblurOptions {
  /** Adapters: a backend for networks, a codec for files, model packages. The first backend is the one used. */
  readonly plugins?: readonly DeblurPlugin[];
}

/** A client of the SDK: owns sessions, knows models and codecs. Make one and keep it. */
export interface Deblur {
  /** Models this client knows; more can be registered. */
  readonly models: ModelRegistry;
  /** The backend that runs networks, if one is installed. */
  readonly backend?: Backend;
  /** Codecs in the order they are asked. */
  readonly codecs: readonly Codec[];
  /** Reads model files by URL, if a plugin can. */
  readonly files?: FileAccess;
  /**
   * Restores a picture.
   * @param input a `PixelImage`, or whatever an installed codec reads: path, URL, buffer, stream, canvas …
   * @throws InvalidArgumentError, ImageError, LimitError, OutputError, ModelNotFoundError, IntegrityError,
   * UnsupportedError, ModelError, OutOfMemoryError, AbortedError, DisposedError
   */
  run(input: unknown, options?: RunOptions): Promise<RunResult>;
  /**
   * Restores the frames of a video or a burst in order, in constant memory: `for await (const frame of deblur.sequence(frames))`.
   * The session stays open over all frames, and models with states carry them from frame to frame. Without a model named, one
   * made for video is taken if there is one.
   *
   * @param frames pictures as `run` takes them, or `SequenceInput`s with an output or a reset of their own; read as they are needed
   * @throws what `run` throws, when the frame is reached; the frames before it have been delivered
   */
  sequence(frames: Iterable<unknown> | AsyncIterable<unknown>, options?: SequenceOptions): AsyncIterable<SequenceFrame>;
  /** Size and kind of a picture without decoding it. @throws ImageError, LimitError */
  probe(input: unknown, options?: OpenOptions): Promise<ImageInfo>;
  /** Reads a whole picture into memory. @throws ImageError, LimitError */
  read(input: unknown, options?: OpenOptions): Promise<PixelImage>;
  /** Writes a picture. @throws OutputError */
  write(image: PixelImage, sink: unknown, options?: EncodeOptions): Promise<WrittenImage>;
  /** Frees sessions and workers. Safe to call twice. */
  dispose(): Promise<void>;
}

/**
 * Creates a client from plugins.
 *
 * @example
 * ```ts
 * const deblur = createDeblur({ plugins: [nodeBackend(), sharpCodec(), builtinModels()] });
 * const result = await deblur.run('photo.jpg');
 * await result.save('sharp.jpg');
 * await deblur.dispose();
 * ```
 */
export function createDeblur(options: DeblurOptions = {}): Deblur {
  const plugins = options.plugins ?? [];
  for (const plugin of plugins) checkPlugin(plugin);
  const backend = plugins.find((plugin) => plugin.backend)?.backend;
  const codecs = plugins.flatMap((plugin) => plugin.codec ?? []);
  const operations = createOperationRegistry(plugins.flatMap((plugin) => plugin.operations ?? []));
  const models = createModelRegistry({ checkGraphs: (manifest) => checkGraph(manifest, operations) });
  const files = combineFileAccess(plugins.flatMap((plugin) => plugin.files ?? []));
  for (const { models: brought } of plugins) {
    for (const model of typeof brought === 'function' ? brought(files) : brought ?? []) models.register(model);
  }
  const sessions = backend && createSessionPool(backend);
  const allSolvers = plugins.flatMap(({ solvers }) => solvers ?? []);
  let disposed = false;
  const context: PipelineContext = {
    backend, codecs, models, operations, sessions, solvers: allSolvers[0], run: async (input, runOptions = {}) => {
      // What restores is loaded with the first call, so that a page starts without it.
      const { runPipeline } = await import('./pipeline/run-pipeline.ts');
      return runPipeline(context, input, runOptions);
    },
  };

  return {
    models, backend, codecs, files,
    async run(input, runOptions = {}): Promise<RunResult> {
      if (disposed) throw new DisposedError('This client was disposed; create a new one with createDeblur().');
      return context.run(input, runOptions);
    },
    async *sequence(frames, sequenceOptions = {}): AsyncGenerator<SequenceFrame, void, undefined> {
      if (disposed) throw new DisposedError('This client was disposed; create a new one with createDeblur().');
      const { restoreSequence } = await import('./sequence/restore-sequence.ts');
      yield* restoreSequence(context, frames, sequenceOptions);
    },
    async probe(input, openOptions): Promise<ImageInfo> {
      return findReader(input, codecs).probe(input, openOptions);
    },
    async read(input, openOptions): Promise<PixelImage> {
      const source = await openSource(input, codecs, openOptions ?? {});
      try {
        const bands: PixelImage[] = [];
        for (let band = await source.read(1024); band; band = await source.read(1024)) bands.push(band);
        return { ...concatenateRows(bands), icc: source.icc, metadata: source.metadata };
      } finally {
        await source.close();
      }
    },
    write: (image, sink, encode) => writeImage(image, sink, codecs, encode),
    async dispose(): Promise<void> {
      disposed = true;
      await sessions?.dispose();
      await backend?.dispose();
      for (const solvers of allSolvers) await solvers.dispose();
    },
  };
}

function checkPlugin(plugin: DeblurPlugin): void {
  if (typeof plugin === 'object' && plugin !== null && plugin.specificationVersion === 1) return;
  const found = typeof plugin === 'function' ? 'a function: call it, e.g. nodeBackend()' : JSON.stringify(plugin)?.slice(0, 80);
  throw new InvalidArgumentError(`createDeblur() was given something that is not a plugin of specification version 1: ${found}.`);
}

function combineFileAccess(all: readonly FileAccess[]): FileAccess {
  return {
    protocols: all.flatMap((access) => access.protocols),
    read(url, options) {
      const access = all.find((candidate) => candidate.protocols.includes(url.protocol));
      if (!access) {
        throw new InvalidArgumentError(
          `No plugin can read ${url.protocol} URLs (${url.href}). Add a backend plugin such as nodeBackend() to createDeblur().`,
        );
      }
      return access.read(url, options);
    },
  };
}
