import { InvalidArgumentError } from '@deblur/core';
import type { WorkerEndpoint } from './worker-endpoint.ts';

interface Scope {
  readonly process?: { getBuiltinModule?(name: string): { readonly parentPort?: WorkerEndpoint | null } | undefined };
  readonly document?: unknown;
}

/**
 * The endpoint of the worker this is called in: the scope of a Web Worker, or `parentPort` in Node.
 *
 * @param caller name of the function that needs it, for the message
 * @throws InvalidArgumentError outside of workers
 */
export function ownEndpoint(caller: string): WorkerEndpoint {
  const scope = globalThis as Scope & Partial<WorkerEndpoint>;
  const port = scope.process?.getBuiltinModule?.('node:worker_threads')?.parentPort;
  if (port) return port;
  if (scope.document === undefined && scope.postMessage && scope.addEventListener) return scope as WorkerEndpoint;
  throw new InvalidArgumentError(`${caller}() was called outside of a worker. Call it in the script of a worker, or pass a MessagePort.`);
}
