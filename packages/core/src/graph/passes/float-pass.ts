import { createFloat16Encoder } from '../float16.ts';
import { createKernels } from './kernels.ts';
import { chunkPixels, makeShared, strides } from './pass.ts';
import type { ChannelKernels, Line, TabulatedCurve } from './kernels.ts';
import type { ChannelPlan, Pass, PictureArray, PictureMemory } from './pass.ts';

/**
 * A pass over float samples. A channel without stages, with straight lines only, or with one tabulated curve among them is
 * one loop; any other goes through a short buffer in the cache, in double precision.
 */
export function createFloatPass(source: PictureMemory, target: PictureMemory, channels: readonly ChannelPlan[]): Pass {
  const from = strides(source);
  const to = strides(target);
  const { pixels } = source;
  const encode = target.element === 'float16' ? createFloat16Encoder() : undefined;
  const buffer = new Float64Array(Math.min(pixels, chunkPixels));
  const runs = makeShared(channels, (stages) => createRun(createKernels(stages, pixels), buffer, encode));

  return (input, inputOffset, output, outputOffset) => {
    for (let start = 0; start < pixels; start += chunkPixels) {
      const count = Math.min(chunkPixels, pixels - start);
      for (let channel = 0; channel < channels.length; channel++) {
        const first = inputOffset + start * from.pixel + channels[channel].from * from.plane;
        const place = outputOffset + start * to.pixel + channel * to.plane;
        runs[channel](input as Float32Array, first, from.pixel, output, place, to.pixel, count);
      }
    }
  };
}

/** Maps `count` samples, `step` apart from `from` on, to places `stride` apart from `to` on. */
type Run = (input: Float32Array, from: number, step: number, output: PictureArray, to: number, stride: number, count: number) => void;

function createRun(kernels: ChannelKernels, buffer: Float64Array, encode: ((value: number) => number) | undefined): Run {
  const { first } = kernels;
  if (!encode && 'curve' in kernels) {
    const { curve, last } = kernels;
    return (input, from, step, output, to, stride, count) => mapCurve(input, from, step, first, curve, last, output, to, stride, count);
  }
  if (!encode && !('rest' in kernels)) {
    return (input, from, step, output, to, stride, count) => mapLine(input, from, step, first, output, to, stride, count);
  }
  const direct = { scale: 1, offset: 0 };
  return (input, from, step, output, to, stride, count) => {
    if ('curve' in kernels) mapCurve(input, from, step, first, kernels.curve, kernels.last, buffer, 0, 1, count);
    else mapLine(input, from, step, first, buffer, 0, 1, count);
    if ('rest' in kernels) for (const kernel of kernels.rest) kernel(buffer, count);
    if (encode) storeEncoded(buffer, encode, output, to, stride, count);
    else mapLine(buffer, 0, 1, direct, output, to, stride, count);
  };
}

type Floats = Float32Array | Float64Array;

function mapLine(
  input: Floats, from: number, step: number, { scale, offset }: Line, output: PictureArray | Float64Array, to: number, stride: number,
  count: number,
): void {
  if (scale === 1 && offset === 0) {
    for (let i = 0, j = from, k = to; i < count; i++, j += step, k += stride) output[k] = input[j];
  } else {
    for (let i = 0, j = from, k = to; i < count; i++, j += step, k += stride) output[k] = input[j] * scale + offset;
  }
}

function mapCurve(
  input: Float32Array, from: number, step: number, first: Line, { table, exact, channel }: TabulatedCurve, last: Line,
  output: PictureArray | Float64Array, to: number, stride: number, count: number,
): void {
  const { scale, offset } = first;
  const { scale: lastScale, offset: lastOffset } = last;
  const pieces = table.length - 1;
  for (let i = 0, j = from, k = to; i < count; i++, j += step, k += stride) {
    const value = input[j] * scale + offset;
    let result: number;
    if (value >= 0 && value < 1) {
      const place = value * pieces;
      const index = place | 0;
      result = table[index] + (place - index) * (table[index + 1] - table[index]);
    } else {
      result = exact(value, channel);
    }
    output[k] = result * lastScale + lastOffset;
  }
}

function storeEncoded(
  buffer: Float64Array, encode: (value: number) => number, output: PictureArray, to: number, stride: number, count: number,
): void {
  for (let i = 0, k = to; i < count; i++, k += stride) output[k] = encode(buffer[i]);
}
