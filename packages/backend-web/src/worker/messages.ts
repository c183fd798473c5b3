import type { DeclaredTensor, NamedTensors } from '@deblur/core';

/** Where the files of onnxruntime-web are that its script loads by itself. Absolute or relative to the page. */
export interface RuntimeFiles {
  /** The `.mjs` file that loads the wasm file and that threads are started from. */
  readonly mjs?: string | URL;
  /** The `.wasm` file. */
  readonly wasm?: string | URL;
}

/** Loads a model in place of the one before. The first request of every worker; the bytes are transferred. */
export interface LoadRequest {
  readonly kind: 'load';
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Threads inside one operator. */
  readonly threads: number;
  /** A folder, with the slash, or files; absolute. Default: as the bundler placed them. */
  readonly wasmPaths?: string | RuntimeFiles;
}

/** Runs the model once. The inputs' buffers are transferred. */
export interface RunRequest {
  readonly kind: 'run';
  readonly inputs: NamedTensors;
}

/** What the page asks of a worker. */
export type WorkerRequest = (LoadRequest | RunRequest) & { readonly id: number };

/** The model's tensors, after `load`. */
export interface LoadedReply {
  readonly kind: 'loaded';
  readonly inputs: readonly DeclaredTensor[];
  readonly outputs: readonly DeclaredTensor[];
}

/** Outputs of `run`. Their buffers are transferred. */
export interface RanReply {
  readonly kind: 'ran';
  readonly outputs: NamedTensors;
}

/** What a worker was doing when it failed: starting onnxruntime's wasm, loading the model, or running it. */
export type FailureStage = 'start' | 'load' | 'run';

/** A failure in words; the page makes a typed error of it. */
export interface Failure {
  readonly stage: FailureStage;
  readonly message: string;
}

/** A request failed. */
export interface FailedReply {
  readonly kind: 'failed';
  readonly failure: Failure;
  /** The session inside the worker cannot be used again. */
  readonly fatal: boolean;
}

/** The worker's script runs; comes before any answer. */
export interface ReadyNote {
  readonly kind: 'ready';
}

/** The device the worker computes on is gone. */
export interface LostNote {
  readonly kind: 'lost';
  readonly message: string;
}

/** Answers to requests. */
export type WorkerReply = LoadedReply | RanReply | FailedReply;

/** What a worker says. */
export type WorkerMessage = (WorkerReply & { readonly id: number }) | ReadyNote | LostNote;
