import { AbortedError, DisposedError } from '../errors/index.ts';
import { raceAbort } from './race-abort.ts';
import type { ModelPackage } from '../models/model-package.ts';
import type { Backend } from './backend.ts';
import type { OpenedSession, OpenSessionOptions } from './open-session.ts';

/** A session on loan from the pool. */
export interface SessionLease extends OpenedSession {
  /** True when the session was there already, so that this call spent no time on opening it. */
  readonly warm: boolean;
  /** Replaces a session whose device was lost, once for all callers that share it. */
  rebuild(): Promise<SessionLease>;
  /** Gives the loan back; the session stays warm for the next caller. Safe to call twice. */
  release(): void;
}

/** Sessions shared by all calls of one client. */
export interface SessionPool {
  /** Lends a session, opening it if no equal one is there. Callers that ask at the same time share one opening. */
  acquire(model: ModelPackage, options: OpenSessionOptions, signal?: AbortSignal): Promise<SessionLease>;
  /** Disposes every session; later calls throw `DisposedError`. Safe to call twice. */
  dispose(): Promise<void>;
}

interface Entry {
  readonly opening: Promise<OpenedSession>;
  /** Stops the reading of files, which may be a download. */
  readonly reading: AbortController;
  leases: number;
  usedAt: number;
}

/**
 * Creates a pool over one backend. Idle sessions stay warm, at most `idle` of them (least recently used go first).
 * An opening that fails is forgotten, so that the next call tries afresh.
 */
export function createSessionPool(backend: Backend, idle = 2): SessionPool {
  const entries = new Map<string, Entry>();
  let clock = 0;
  let disposed = false;

  function enter(key: string, model: ModelPackage, options: OpenSessionOptions): Entry {
    const known = entries.get(key);
    if (known) return known;
    const reading = new AbortController();
    const entry: Entry = { opening: open(model, options, reading.signal), reading, leases: 0, usedAt: clock++ };
    entry.opening.catch(() => forget(key, entry));
    entries.set(key, entry);
    return entry;
  }

  async function open(model: ModelPackage, options: OpenSessionOptions, signal: AbortSignal): Promise<OpenedSession> {
    const { openSession } = await import('./open-session.ts');
    return openSession(backend, model, { ...options, signal });
  }

  function forget(key: string, entry: Entry): void {
    if (entries.get(key) === entry) entries.delete(key);
  }

  /** Nobody waits for an opening any more: a download stops, a session that is being created stays warm. */
  function abandon(key: string, entry: Entry): void {
    forget(key, entry);
    entry.reading.abort();
    entry.opening.then(async ({ session }) => {
      if (disposed || entries.has(key)) await session.dispose();
      else entries.set(key, entry);
    }).catch(() => undefined);
  }

  async function evictIdle(): Promise<void> {
    const unused = [...entries].filter(([, entry]) => entry.leases === 0).sort(([, a], [, b]) => a.usedAt - b.usedAt);
    for (const [key, entry] of unused.slice(0, Math.max(0, unused.length - idle))) {
      forget(key, entry);
      await (await entry.opening).session.dispose();
    }
  }

  async function acquire(model: ModelPackage, options: OpenSessionOptions, signal?: AbortSignal): Promise<SessionLease> {
    if (disposed) throw disposedError();
    const key = [model.manifest.id, options.weights.sha256, options.threads, options.selfCheck, ...options.providers].join('|');
    const warm = entries.has(key);
    const entry = enter(key, model, options);
    entry.leases++;
    try {
      const opened = await raceAbort(entry.opening, signal);
      return lease(key, entry, { ...opened, warm }, model, options);
    } catch (error) {
      entry.leases--;
      if (signal?.aborted && entry.leases === 0) abandon(key, entry);
      throw AbortedError.isInstance(error) && !signal?.aborted ? disposedError() : error;
    }
  }

  function lease(key: string, entry: Entry, opened: OpenedSession & { readonly warm: boolean }, model: ModelPackage, options: OpenSessionOptions): SessionLease {
    let held = true;
    const release = (): void => {
      if (!held) return;
      held = false;
      entry.leases--;
      entry.usedAt = clock++;
      evictIdle().catch(() => undefined);
    };
    return {
      ...opened,
      release,
      async rebuild(): Promise<SessionLease> {
        release();
        forget(key, entry);
        await opened.session.dispose().catch(() => undefined);
        return acquire(model, options);
      },
    };
  }

  return {
    acquire,
    async dispose(): Promise<void> {
      disposed = true;
      const all = [...entries.values()];
      entries.clear();
      for (const { reading } of all) reading.abort();
      await Promise.allSettled(all.map(async (entry) => (await entry.opening).session.dispose()));
    },
  };
}

function disposedError(): DisposedError {
  return new DisposedError('This client was disposed; create a new one with createDeblur().');
}
