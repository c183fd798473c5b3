import { createFloat16Decoder, createFloat16Encoder } from '../float16.ts';
import { chunkPixels, makeShared, strides } from './pass.ts';
import type { ChannelPlan, Pass, PictureArray, PictureMemory, SampleStage } from './pass.ts';

type Integers = Uint8Array | Uint16Array;

/** A pass over samples of 8 or 16 bits: each channel is one look-up in a table of all values it can have. */
export function createTablePass(source: PictureMemory, target: PictureMemory, channels: readonly ChannelPlan[]): Pass {
  const tables = makeShared(channels, (stages) => createTable(source, target, stages));
  const from = strides(source);
  const to = strides(target);
  const { pixels } = source;
  return (input, inputOffset, output, outputOffset) => {
    for (let start = 0; start < pixels; start += chunkPixels) {
      const count = Math.min(chunkPixels, pixels - start);
      for (let channel = 0; channel < channels.length; channel++) {
        const first = inputOffset + start * from.pixel + channels[channel].from * from.plane;
        const place = outputOffset + start * to.pixel + channel * to.plane;
        lookUp(input as Integers, first, from.pixel, tables[channel], output, place, to.pixel, count);
      }
    }
  };
}

function lookUp(
  input: Integers, from: number, step: number, table: PictureArray, output: PictureArray, to: number, stride: number, count: number,
): void {
  for (let i = 0, j = from, k = to; i < count; i++, j += step, k += stride) output[k] = table[input[j]];
}

function createTable({ element }: PictureMemory, target: PictureMemory, stages: readonly SampleStage[]): PictureArray {
  const length = element === 'uint8' ? 256 : 65536;
  const table = allocate(target, length);
  const encode = target.element === 'float16' ? createFloat16Encoder() : undefined;
  const decode = element === 'float16' ? createFloat16Decoder() : undefined;
  for (let level = 0; level < length; level++) {
    let value = decode ? decode(level) : level;
    for (const { at, channel } of stages) value = at(value, channel);
    table[level] = encode ? encode(value) : value;
  }
  return table;
}

function allocate({ element }: PictureMemory, length: number): PictureArray {
  if (element === 'float32') return new Float32Array(length);
  return element === 'uint8' ? new Uint8Array(length) : new Uint16Array(length);
}
