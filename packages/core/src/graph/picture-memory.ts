import { InvalidArgumentError } from '../errors/index.ts';
import type { ImageTensorSpec } from '../models/manifest.ts';
import type { GraphValueType } from './operation.ts';
import type { PictureArray, PictureMemory } from './passes/pass.ts';

/** How an image tensor of one picture lies in memory. */
export function tensorMemory({ type, layout, channels }: ImageTensorSpec, { width, height }: GraphValueType): PictureMemory {
  if (type === 'int64') throw new InvalidArgumentError('A picture cannot be an int64 tensor.');
  return { element: type, layout: layout === 'NCHW' ? 'CHW' : 'HWC', channels, pixels: width * height };
}

/** How a value of a graph lies in memory that is given as it says. */
export function valueMemory({ type, layout, channels, width, height }: GraphValueType): PictureMemory {
  return { element: type, layout, channels, pixels: width * height };
}

/** @throws InvalidArgumentError unless an array has the type of the memory and holds all of it from the offset on */
export function requireMemory(what: string, data: PictureArray, offset: number, { element, channels, pixels }: PictureMemory): void {
  const wanted = { uint8: Uint8Array, uint16: Uint16Array, float16: Uint16Array, float32: Float32Array }[element];
  if (!(data instanceof wanted)) {
    throw new InvalidArgumentError(`${what} is a ${(data as object).constructor.name}; ${element} samples come in a ${wanted.name}.`);
  }
  if (!Number.isSafeInteger(offset) || offset < 0 || offset + pixels * channels > data.length) {
    throw new InvalidArgumentError(
      `${what} has ${data.length} samples; ${pixels * channels} are needed from ${offset} on (${pixels} pixels of ${channels} channels).`,
    );
  }
}
