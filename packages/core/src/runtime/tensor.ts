/** Element types a tensor can have at the backend's door. float16 is carried as raw bits in a Uint16Array. */
export type TensorType = 'float32' | 'float16' | 'uint8' | 'int64';

/** Typed array that holds a tensor's elements. */
export type TensorData = Float32Array | Uint16Array | Uint8Array | BigInt64Array;

/** A dense row-major tensor in host memory. */
export interface Tensor {
  readonly type: TensorType;
  /** Sizes, outermost first. */
  readonly dims: readonly number[];
  readonly data: TensorData;
}

/** Tensors by the names the model gives them. */
export type NamedTensors = Readonly<Record<string, Tensor>>;
