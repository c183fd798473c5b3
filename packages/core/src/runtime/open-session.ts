import { ModelError, UnsupportedError } from '../errors/index.ts';
import { adoptTensorNames } from '../models/onnx/adopt-tensor-names.ts';
import { measureGoldenTile, readGoldenTile } from './golden-tile.ts';
import { readVerified } from '../models/read-verified.ts';
import type { OperationRegistry } from '../graph/operation-registry.ts';
import type { WeightsFile } from '../models/manifest.ts';
import type { ModelPackage } from '../models/model-package.ts';
import type { Backend, ExecutionProvider, Session } from './backend.ts';
import type { ProgressListener } from './progress.ts';
import type { Warning } from './warning.ts';

/** How a session is opened. */
export interface OpenSessionOptions {
  /** Providers to try in this order. */
  readonly providers: readonly ExecutionProvider[];
  /** Weights to load. */
  readonly weights: WeightsFile;
  readonly threads?: number;
  /** Run the model's golden tile on the new session. */
  readonly selfCheck: boolean;
  readonly operations: OperationRegistry;
  /** Stops the reading of files; a session that is being created is finished. */
  readonly signal?: AbortSignal;
  /** Reported as bytes read (`download`) and then steps (`load`). */
  readonly onProgress?: ProgressListener;
}

/** A session that passed its check, and what happened on the way. */
export interface OpenedSession {
  readonly session: Session;
  readonly warnings: readonly Warning[];
  /** Milliseconds for reading and verifying the weights, creating the session, and the golden tile. */
  readonly timings: { readonly readMs: number; readonly createMs: number; readonly checkMs: number };
}

/**
 * Loads a model on the first provider that can run it and gives right results. Only an `UnsupportedError` or a failed
 * golden tile lets the next provider have its turn; every other error is the caller's.
 *
 * @throws UnsupportedError when no provider is usable, listing why each is not
 * @throws ModelError when the model gives wrong results on every provider
 */
export async function openSession(backend: Backend, model: ModelPackage, options: OpenSessionOptions): Promise<OpenedSession> {
  const { providers, weights, threads, selfCheck, operations, onProgress, signal } = options;
  const { manifest } = model;
  const warnings: Warning[] = [];
  const refused: string[] = [];
  let createMs = 0;
  let checkMs = 0;

  onProgress?.({ stage: 'load', done: 0, total: 3 });
  const startedAt = performance.now();
  const bytes = await readVerified(model.source, weights, { onProgress, signal });
  const adopted = manifest.verification === 'unverified' ? adoptTensorNames(manifest, bytes) : undefined;
  const golden = selfCheck ? await readGoldenTile(model) : undefined;
  const readMs = performance.now() - startedAt;
  onProgress?.({ stage: 'load', done: 1, total: 3 });

  for (const provider of providers) {
    let session: Session | undefined;
    try {
      const createdAt = performance.now();
      session = await backend.createSession({ manifest: adopted?.manifest ?? manifest, bytes }, { provider, threads });
      session = adopted?.restore(session) ?? session;
      createMs += performance.now() - createdAt;
      onProgress?.({ stage: 'load', done: 2, total: 3 });
      if (golden) {
        const checkedAt = performance.now();
        const psnr = await measureGoldenTile(session, model, golden, operations);
        checkMs += performance.now() - checkedAt;
        if (psnr < golden.tile.minimumPsnr) {
          throw new WrongResultError(manifest.id, provider, psnr, golden.tile.minimumPsnr);
        }
      }
      onProgress?.({ stage: 'load', done: 3, total: 3 });
      return { session, warnings: [...warnings, ...session.warnings ?? []], timings: { readMs, createMs, checkMs } };
    } catch (error) {
      await session?.dispose();
      if (!UnsupportedError.isInstance(error) && !(error instanceof WrongResultError)) throw error;
      if (error instanceof WrongResultError && provider === providers.at(-1)) throw error;
      refused.push(`${provider}: ${error.message}`);
      warnings.push({
        code: 'provider-demoted',
        message: `Provider ${provider} was passed over: ${error.message}`,
        details: { provider, reason: error.code, ...error.details },
      });
    }
  }
  throw new UnsupportedError(
    `No execution provider of backend ${backend.id} can run ${manifest.id}. ${refused.join(' ')} `
    + 'Ask `deblur doctor` or `backend.probe()` what each provider needs.',
    { details: { backend: backend.id, model: manifest.id, refused } },
  );
}

/** A provider ran the golden tile and got something else. */
class WrongResultError extends ModelError {
  constructor(model: string, provider: string, psnr: number, minimum: number) {
    super(
      `${provider} gives wrong results for ${model}: its golden tile came back at ${psnr.toFixed(1)} dB, at least ${minimum} dB are right. `
      + 'Use another provider, or update the runtime and its drivers.',
      { details: { provider, psnr, minimum } },
    );
  }
}
