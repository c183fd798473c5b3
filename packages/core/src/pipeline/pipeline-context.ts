import type { Codec } from '../codec/codec.ts';
import type { TileSolvers } from '../deconvolution/tile-solvers.ts';
import type { OperationRegistry } from '../graph/operation-registry.ts';
import type { ModelRegistry } from '../models/model-registry.ts';
import type { Backend } from '../runtime/backend.ts';
import type { SessionPool } from '../runtime/session-pool.ts';
import type { RunOptions, RunResult } from './run-options.ts';

/** What a client lends to each of its calls. */
export interface PipelineContext {
  readonly backend?: Backend;
  readonly codecs: readonly Codec[];
  readonly models: ModelRegistry;
  readonly operations: OperationRegistry;
  readonly sessions?: SessionPool;
  /** Threads for deconvolution. */
  readonly solvers?: TileSolvers;
  /** `Deblur.run`, for methods that run a network on pictures of their own. */
  run(input: unknown, options?: RunOptions): Promise<RunResult>;
}
