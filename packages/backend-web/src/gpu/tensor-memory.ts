import { UnsupportedError } from '@deblur/core';
import type { GraphValueType, ImageTensorSpec } from '@deblur/core';

/** How a picture tensor of batch 1 lies in a GPU buffer. */
export interface TensorMemory {
  readonly type: 'float32' | 'float16' | 'uint8';
  readonly layout: 'NCHW' | 'NHWC';
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

/** Elements that share one 32-bit word. */
export const packed = { float32: 1, float16: 2, uint8: 4 } as const;

/** The memory of a tensor whose picture has a size. @throws UnsupportedError for types a picture cannot have */
export function tensorMemory({ name, type, layout, channels }: ImageTensorSpec, { width, height }: GraphValueType): TensorMemory {
  if (type === 'int64') throw new UnsupportedError(`Tensor '${name}' is int64; pictures are float32, float16 or uint8.`);
  return { type, layout, width, height, channels };
}

/** Dimensions as onnxruntime wants them. */
export function tensorDims({ layout, width, height, channels }: TensorMemory): readonly number[] {
  return layout === 'NCHW' ? [1, channels, height, width] : [1, height, width, channels];
}

/** Bytes of the buffer: whole 16 bytes, as WebGPU and onnxruntime want them. */
export function tensorBytes({ type, width, height, channels }: TensorMemory): number {
  return Math.ceil((width * height * channels * 4) / packed[type] / 16) * 16;
}

/** WGSL expression for the number of an element; x, y and channel are WGSL expressions. */
export function elementAt({ layout, width, height, channels }: TensorMemory, x: string, y: string, channel: string | number): string {
  return layout === 'NCHW' ? `(${channel} * ${height} + ${y}) * ${width} + ${x}` : `(${y} * ${width} + ${x}) * ${channels} + ${channel}`;
}
