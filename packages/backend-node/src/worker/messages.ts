import type { DeclaredTensor, ExecutionProvider, Tensor } from '@deblur/core';

/** What a worker is started with. */
export interface WorkerData {
  /** Number of requests sent and not yet dealt with, in shared memory: raised by the main thread, lowered by the worker. */
  readonly outstanding: Int32Array<SharedArrayBuffer>;
}

/** Loads the model. The first request of every worker; the bytes are transferred. */
export interface LoadRequest {
  readonly kind: 'load';
  readonly bytes: Uint8Array;
  readonly provider: ExecutionProvider;
  /** Threads inside one operator. */
  readonly threads: number;
}

/** Runs the model once. The inputs' buffers are transferred. */
export interface RunRequest {
  readonly kind: 'run';
  readonly inputs: Readonly<Record<string, Tensor>>;
}

/** Frees the session and ends the worker. Has no reply but the worker's exit. */
export interface ReleaseRequest {
  readonly kind: 'release';
}

/** What the main thread asks of a worker. */
export type WorkerRequest = (LoadRequest | RunRequest | ReleaseRequest) & { readonly id: number };

/** The model's tensors, after `load`. */
export interface LoadedReply {
  readonly kind: 'loaded';
  readonly inputs: readonly DeclaredTensor[];
  readonly outputs: readonly DeclaredTensor[];
}

/** Outputs of `run`. Their buffers are transferred. */
export interface RanReply {
  readonly kind: 'ran';
  readonly outputs: Readonly<Record<string, Tensor>>;
}

/** Where in the worker something failed: importing onnxruntime-node, loading the model, or running it. */
export type FailureStage = 'import' | 'load' | 'run';

/** A failure in words that survive the way between threads; the main thread makes a typed error of it. */
export interface Failure {
  readonly stage: FailureStage;
  readonly message: string;
  /** Node's error code, e.g. `ERR_MODULE_NOT_FOUND`. */
  readonly code?: string;
}

/** A request failed; the worker goes on. */
export interface FailedReply {
  readonly kind: 'failed';
  readonly failure: Failure;
}

/** What a worker answers, by the request's number. */
export type WorkerReply = (LoadedReply | RanReply | FailedReply) & { readonly id: number };
