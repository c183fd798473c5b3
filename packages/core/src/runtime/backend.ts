import type { ModelManifest } from '../models/manifest.ts';
import type { NamedTensors, TensorType } from './tensor.ts';
import type { Warning } from './warning.ts';

/** Names of execution providers. Backends may know more than these. */
export type ExecutionProvider = 'cpu' | 'cuda' | 'tensorrt' | 'webgpu' | 'coreml' | 'dml' | 'wasm' | 'webnn' | (string & {});

/** One execution provider on this machine: usable, or why not. */
export interface ProviderStatus {
  readonly provider: ExecutionProvider;
  readonly available: boolean;
  /** When not available: what is missing, by name, and what to install. */
  readonly reason?: string;
  /** Device names, where the runtime tells. */
  readonly devices?: readonly string[];
}

/** The weights of one model file and what describes them. */
export interface SessionModel {
  readonly manifest: ModelManifest;
  /** The ONNX file, verified. The backend copies what it needs and does not keep or detach the buffer. */
  readonly bytes: Uint8Array;
}

/** How a session is created. */
export interface SessionOptions {
  /** The one provider to use; a backend never falls back to another by itself. */
  readonly provider: ExecutionProvider;
  /** Threads inside one operator; default: the processor's cores, shared out among workers. */
  readonly threads?: number;
  /** Aborts creation. */
  readonly signal?: AbortSignal;
}

/** Name and shape of a tensor as the loaded model declares it; -1 stands for a free dimension. */
export interface TensorInfo {
  readonly name: string;
  readonly type: TensorType;
  readonly dims: readonly number[];
}

/** A loaded model, ready to run. */
export interface Session {
  readonly provider: ExecutionProvider;
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
  /** What was degraded when the session was made, e.g. fewer threads; becomes part of every result. */
  readonly warnings?: readonly Warning[];
  /**
   * Runs the model once. Inputs stay usable and unchanged; outputs belong to the caller. Concurrent calls are allowed
   * and queue; one that fails leaves the others and later ones unharmed. An abort takes effect at the latest when
   * the running inference ends, and rejects at once.
   * @throws ModelError for missing or unknown tensors, wrong shapes or types, or a failing operator
   * @throws OutOfMemoryError, DeviceLostError, DisposedError, AbortedError
   */
  run(inputs: NamedTensors, options?: { readonly signal?: AbortSignal }): Promise<NamedTensors>;
  /** Frees the session and its memory. Waits for running calls. Safe to call twice. */
  dispose(): Promise<void>;
}

/** A runtime that executes ONNX models. Implemented by adapters; `@deblur/conformance` has its test suite. */
export interface Backend {
  readonly specificationVersion: 1;
  /** Short stable name, e.g. `node`, `web`. */
  readonly id: string;
  /** Providers to try by default, best first; the last one works everywhere. */
  readonly defaultProviders: readonly ExecutionProvider[];
  /** Says for every provider the backend knows whether it is usable here. Never throws. Cached. */
  probe(): Promise<readonly ProviderStatus[]>;
  /**
   * Loads a model on exactly the provider asked for.
   * @throws UnsupportedError if the provider is not usable here or cannot run the model (the caller tries the next)
   * @throws ModelError if the file is corrupt or its tensors are not those of the manifest
   * @throws OutOfMemoryError, DisposedError, AbortedError
   */
  createSession(model: SessionModel, options: SessionOptions): Promise<Session>;
  /** Disposes every session. Safe to call twice. */
  dispose(): Promise<void>;
}
