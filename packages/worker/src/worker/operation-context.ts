import type { Deblur, ProgressListener } from '@deblur/core';
import type { OperationName, Operations } from '../protocol/operations.ts';
import type { PictureCache } from './picture-cache.ts';

/** What an operation works with. */
export interface OperationContext {
  readonly deblur: Deblur;
  readonly pictures: PictureCache;
  readonly signal: AbortSignal;
  readonly onProgress?: ProgressListener;
}

/** What an operation gives back, and which of it is given away. */
export interface Answer<Value> {
  readonly value: Value;
  readonly transfer?: readonly Transferable[];
}

/** Does what the page asks for. */
export type Operation<Name extends OperationName> = (
  argument: Operations[Name]['argument'], context: OperationContext,
) => Promise<Answer<Operations[Name]['value']>>;
