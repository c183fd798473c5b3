import { createFloat16Encoder } from '../float16.ts';
import { createKernels } from './kernels.ts';
import { chunkPixels, makeShared, strides } from './pass.ts';
import type { ChannelPlan, Pass, PictureArray, PictureMemory } from './pass.ts';

/**
 * A pass over float samples. A channel without stages, or with straight lines only, is one loop; any other goes through
 * a short buffer in the cache, in double precision.
 */
export function createFloatPass(source: PictureMemory, target: PictureMemory, channels: readonly ChannelPlan[]): Pass {
  const from = strides(source);
  const to = strides(target);
  const { pixels } = source;
  const kernels = makeShared(channels, (stages) => createKernels(stages, pixels));
  const encode = target.element === 'float16' ? createFloat16Encoder() : undefined;
  const buffer = new Float64Array(Math.min(pixels, chunkPixels));

  return (input, inputOffset, output, outputOffset) => {
    for (let start = 0; start < pixels; start += chunkPixels) {
      const count = Math.min(chunkPixels, pixels - start);
      for (let channel = 0; channel < channels.length; channel++) {
        const first = inputOffset + start * from.pixel + channels[channel].from * from.plane;
        const place = outputOffset + start * to.pixel + channel * to.plane;
        const { scale, offset, rest } = kernels[channel];
        if (rest.length === 0 && !encode) {
          copyLine(input as Float32Array, first, from.pixel, scale, offset, output, place, to.pixel, count);
          continue;
        }
        load(input as Float32Array, first, from.pixel, scale, offset, buffer, count);
        for (const kernel of rest) kernel(buffer, count);
        if (encode) storeEncoded(buffer, encode, output, place, to.pixel, count);
        else store(buffer, output, place, to.pixel, count);
      }
    }
  };
}

function copyLine(
  input: Float32Array, from: number, step: number, scale: number, offset: number, output: PictureArray, to: number,
  stride: number, count: number,
): void {
  if (scale === 1 && offset === 0) {
    for (let i = 0, j = from, k = to; i < count; i++, j += step, k += stride) output[k] = input[j];
  } else {
    for (let i = 0, j = from, k = to; i < count; i++, j += step, k += stride) output[k] = input[j] * scale + offset;
  }
}

function load(
  input: Float32Array, from: number, step: number, scale: number, offset: number, buffer: Float64Array, count: number,
): void {
  for (let i = 0, j = from; i < count; i++, j += step) buffer[i] = input[j] * scale + offset;
}

function store(buffer: Float64Array, output: PictureArray, to: number, stride: number, count: number): void {
  for (let i = 0, k = to; i < count; i++, k += stride) output[k] = buffer[i];
}

function storeEncoded(
  buffer: Float64Array, encode: (value: number) => number, output: PictureArray, to: number, stride: number, count: number,
): void {
  for (let i = 0, k = to; i < count; i++, k += stride) output[k] = encode(buffer[i]);
}
