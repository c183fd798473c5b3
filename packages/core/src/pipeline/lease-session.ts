import { chooseProviders } from './choose-providers.ts';
import { chooseWeights } from '../models/choose-weights.ts';
import { UnsupportedError } from '../errors/index.ts';
import type { ModelPackage } from '../models/model-package.ts';
import type { Backend } from '../runtime/backend.ts';
import type { SessionLease } from '../runtime/session-pool.ts';
import type { PipelineContext } from './pipeline-context.ts';
import type { RunOptions, RunTimings } from './run-options.ts';

/** A session for one call. */
export interface LeasedSession {
  readonly lease: SessionLease;
  readonly backend: Backend;
  /** Opening times; 0 when a warm session was found. */
  readonly timings: Pick<RunTimings, 'readModelMs' | 'createSessionMs' | 'selfCheckMs'>;
}

/**
 * Gets a session for a model from the client's pool.
 * @throws UnsupportedError when no backend is installed or no provider is usable
 */
export async function leaseSession(context: PipelineContext, model: ModelPackage, options: RunOptions): Promise<LeasedSession> {
  const { backend, sessions, operations } = context;
  if (!backend || !sessions) {
    throw new UnsupportedError(
      `Model ${model.manifest.id} needs a backend. Add one to createDeblur(), such as nodeBackend() from @deblur/backend-node.`,
    );
  }
  const lease = await sessions.acquire(model, {
    providers: await chooseProviders(backend, options.provider),
    weights: chooseWeights(model.manifest, options.precision),
    threads: options.threads,
    selfCheck: options.selfCheck ?? true,
    operations,
    onProgress: options.onProgress,
  }, options.signal);
  const { readMs, createMs, checkMs } = lease.warm ? { readMs: 0, createMs: 0, checkMs: 0 } : lease.timings;
  return { lease, backend, timings: { readModelMs: readMs, createSessionMs: createMs, selfCheckMs: checkMs } };
}
