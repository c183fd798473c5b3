import type { DeconvolutionJob, SampleArray } from '@deblur/core';
import type { SerialisedError } from '../protocol/serialise-error.ts';

/** What the owner of tiles says. Jobs and tiles have numbers. */
export type TileOwnerMessage =
  | { readonly kind: 'hello' }
  | { readonly kind: 'open'; readonly job: number; readonly description: DeconvolutionJob }
  | { readonly kind: 'close'; readonly job: number }
  | { readonly kind: 'solve'; readonly job: number; readonly id: number; readonly data: SampleArray }
  | { readonly kind: 'abort'; readonly id: number };

/** What a worker that computes tiles says. */
export type TileWorkerMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly id: number; readonly data: Float32Array }
  | { readonly kind: 'failed'; readonly id: number; readonly error: SerialisedError };
