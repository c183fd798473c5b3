import type { SampleArray, SampleType } from './pixel-image.ts';

/** The sample type of an array of samples. */
export function sampleTypeOf(data: SampleArray): SampleType {
  if (data instanceof Uint8Array) return 'uint8';
  return data instanceof Uint16Array ? 'uint16' : 'float32';
}

/** The value that stands for 1.0 in a sample type: 255, 65535 or 1. */
export function sampleMaximum(type: SampleType): 255 | 65535 | 1 {
  if (type === 'uint8') return 255;
  return type === 'uint16' ? 65535 : 1;
}

/** A zeroed array of `length` samples of a type. */
export function allocateSamples(type: SampleType, length: number): SampleArray {
  if (type === 'uint8') return new Uint8Array(length);
  return type === 'uint16' ? new Uint16Array(length) : new Float32Array(length);
}
