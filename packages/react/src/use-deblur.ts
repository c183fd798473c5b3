import { useCallback, useEffect, useRef, useState } from 'react';
import type { ProgressEvent, ProgressListener, RunResult, Warning } from '@deblur/core';

/** The options of a call that the hook itself uses. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: ProgressListener;
}

/** What the hook needs of a client: `Deblur` of @deblur/core and `RemoteDeblur` of @deblur/worker are such. */
export interface DeblurClient<Options extends CallOptions> {
  run(input: unknown, options?: Options): Promise<RunResult>;
  dispose(): Promise<void>;
}

/** Where the client comes from. */
export type UseDeblurOptions<Options extends CallOptions> =
  /** Makes the client, at the first run. The hook owns it and disposes it on unmount. The function of the first run counts. */
  | { readonly create: () => DeblurClient<Options>; readonly deblur?: never }
  /** A client that is shared. It stays the caller's to dispose. */
  | { readonly deblur: DeblurClient<Options>; readonly create?: never };

/** How the latest run stands. */
export type DeblurStatus = 'idle' | 'running' | 'done' | 'failed' | 'cancelled';

interface RunState {
  readonly status: DeblurStatus;
  /** The latest step of a run that is under way, with the time left of its stage (`etaMs`). */
  readonly progress?: ProgressEvent;
  /** Of a run that is done. */
  readonly result?: RunResult;
  /** Of a run that failed: a `DeblurError` unless something else broke. */
  readonly error?: Error;
}

/** What `useDeblur` gives: the state of the latest run, and what changes it. */
export interface DeblurRun<Options extends CallOptions> extends RunState {
  /** Every degradation of a run that is done; else none. */
  readonly warnings: readonly Warning[];
  /**
   * Restores a picture; what was under way is cancelled. Resolves with the result, or with nothing if the run failed or was cancelled, and
   * never rejects. The same function at every render.
   */
  readonly run: (input: unknown, options?: Options) => Promise<RunResult | undefined>;
  /** Cancels what is under way, if anything is. The same function at every render. */
  readonly cancel: () => void;
}

const idle: RunState = { status: 'idle' };
const noWarnings: readonly Warning[] = [];

/**
 * Restores pictures one at a time from a component. Unmounting cancels the run and disposes a client that the hook made. Safe in
 * StrictMode: the client is not made before the first run.
 *
 * @example
 * ```tsx
 * const { run, cancel, status, progress, result, error } = useDeblur({ create: () => connectDeblur(startWorker()) });
 * ```
 */
export function useDeblur<Options extends CallOptions>(options: UseDeblurOptions<Options>): DeblurRun<Options> {
  const [state, setState] = useState(idle);
  const latest = useRef(options);
  const own = useRef<DeblurClient<Options>>(undefined);
  const current = useRef<AbortController>(undefined);
  useEffect(() => {
    latest.current = options;
  });

  const cancel = useCallback((): void => {
    if (!current.current) return;
    current.current.abort();
    current.current = undefined;
    setState({ status: 'cancelled' });
  }, []);

  const run = useCallback(async (input: unknown, runOptions?: Options): Promise<RunResult | undefined> => {
    current.current?.abort();
    const controller = new AbortController();
    current.current = controller;
    // A run that was followed by another, or cancelled, has no say any more.
    const settle = (next: RunState): void => {
      if (current.current !== controller) return;
      if (next.status !== 'running') current.current = undefined;
      setState(next);
    };
    settle({ status: 'running' });
    const signal = runOptions?.signal ? AbortSignal.any([controller.signal, runOptions.signal]) : controller.signal;
    try {
      const client = latest.current.deblur ?? (own.current ??= latest.current.create());
      const result = await client.run(input, {
        ...runOptions, signal,
        onProgress: (progress: ProgressEvent) => {
          settle({ status: 'running', progress });
          runOptions?.onProgress?.(progress);
        },
      } as unknown as Options);
      if (signal.aborted) {
        settle({ status: 'cancelled' });
        return undefined;
      }
      settle({ status: 'done', result });
      return result;
    } catch (error) {
      settle(signal.aborted ? { status: 'cancelled' } : { status: 'failed', error: error instanceof Error ? error : new Error(String(error)) });
      return undefined;
    }
  }, []);

  useEffect(() => () => {
    cancel();
    const client = own.current;
    own.current = undefined;
    void client?.dispose();
  }, [cancel]);

  return { ...state, warnings: state.result?.warnings ?? noWarnings, run, cancel };
}
