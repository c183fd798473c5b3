import { AbortedError, createQueuedSession, DeviceLostError, DisposedError, ModelError, OutOfMemoryError, UnsupportedError } from '@deblur/core';
import type { Backend, CheckedTensors, ProviderStatus, Session, Warning } from '@deblur/core';
import { decodeMessage, decodeTensors, encodeMessage, encodeTensors } from './message.ts';
import type { Message, TensorList } from './message.ts';

/** What the server says of a session it has opened. */
export interface OpenedSession extends CheckedTensors {
  readonly id: string;
  readonly warnings: readonly Warning[];
}

/** An error of the server. */
export interface RemoteError {
  readonly code: string;
  readonly message: string;
}

/**
 * A backend whose networks run on another machine. Pictures are read, cut into tiles and put together here; only tensors travel.
 *
 * @param server address of an `inference-server.ts`
 */
export function createRemoteBackend(server: URL): Backend {
  const sessions = new Set<Session>();
  let disposed = false;

  async function call<Facts>(method: string, path: string, body: Message<unknown> = { facts: null, blocks: [] }, signal?: AbortSignal): Promise<Message<Facts>> {
    let status: number;
    let answer: Message<Facts>;
    try {
      const response = await fetch(new URL(path, server), { method, ...(method === 'POST' && { body: encodeMessage(body) }), ...(signal && { signal }) });
      status = response.status;
      answer = decodeMessage(new Uint8Array(await response.arrayBuffer()));
    } catch (cause) {
      AbortedError.throwIfAborted(signal);
      throw new DeviceLostError(`The inference server at ${server.href} does not answer. See that it runs.`, { cause });
    }
    if (status !== 200) throw revive(answer.facts as RemoteError);
    return answer;
  }

  function checkAlive(): void {
    if (disposed) throw new DisposedError('The backend was disposed; create a new one.');
  }

  return {
    specificationVersion: 1,
    id: 'remote',
    defaultProviders: ['cpu'],
    probe: () => call<ProviderStatus[]>('GET', 'providers').then(
      ({ facts }) => facts, (error: Error) => [{ provider: 'cpu', available: false, reason: error.message }],
    ),
    async createSession({ manifest, bytes }, { provider, threads, signal }): Promise<Session> {
      checkAlive();
      AbortedError.throwIfAborted(signal);
      const { facts: { id, warnings, ...tensors } } = await call<OpenedSession>(
        'POST', 'sessions', { facts: { manifest, provider, threads }, blocks: [bytes] }, signal,
      );
      const session = createQueuedSession({
        model: manifest.id, provider, tensors, warnings,
        admit: async () => () => undefined,
        execute: async (inputs) => decodeTensors(await call<TensorList>('POST', `sessions/${id}`, encodeTensors(inputs))),
        // A server that is gone has nothing left to free.
        release: () => call('DELETE', `sessions/${id}`).then(() => undefined, () => undefined),
      });
      sessions.add(session);
      if (disposed) await session.dispose();
      checkAlive();
      return session;
    },
    async dispose(): Promise<void> {
      disposed = true;
      await Promise.all([...sessions].map((session) => session.dispose()));
    },
  };
}

/** Codes decide what core does next, so errors keep theirs: another provider, smaller tiles, a new session, or the end. */
function revive({ code, message }: RemoteError): Error {
  const classes = [UnsupportedError, OutOfMemoryError, DisposedError, ModelError];
  const Found = classes.find((candidate) => candidate.code === code) ?? DeviceLostError;
  return new Found(message);
}
