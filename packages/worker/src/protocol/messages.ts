import type { ProgressEvent } from '@deblur/core';
import type { OperationName, Operations } from './operations.ts';
import type { SerialisedError } from './serialise-error.ts';

/** Asks the worker for an operation. */
export interface CallMessage<Name extends OperationName = OperationName> {
  readonly kind: 'call';
  readonly id: number;
  readonly operation: Name;
  readonly argument: Operations[Name]['argument'];
  /** Whether progress is to be told. */
  readonly progress: boolean;
}

/** The call's signal has fired. */
export interface AbortMessage {
  readonly kind: 'abort';
  readonly id: number;
  readonly reason: unknown;
}

/** Asks whether the worker listens. */
export interface HelloMessage {
  readonly kind: 'hello';
}

/** Asks the worker to free everything. */
export interface DisposeMessage {
  readonly kind: 'dispose';
}

/** What the page says. */
export type PageMessage = CallMessage | AbortMessage | HelloMessage | DisposeMessage;

/** What the worker says. */
export type WorkerMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'progress'; readonly id: number; readonly event: ProgressEvent }
  | { readonly kind: 'done'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly error: SerialisedError }
  | { readonly kind: 'disposed' };
