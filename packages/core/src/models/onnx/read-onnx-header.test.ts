import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ModelError } from '../../errors/index.ts';
import { readOnnxHeader } from './read-onnx-header.ts';

/** Protocol buffers by hand: a number, or a length and content. */
const integer = (field: number, value: number): number[] => [field << 3, ...variable(value)];
const block = (field: number, content: readonly number[]): number[] => [...variable((field << 3) | 2), ...variable(content.length), ...content];
const text = (field: number, value: string): number[] => block(field, [...new TextEncoder().encode(value)]);
function variable(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) | 128, ...variable(Math.floor(value / 128))];
}
function tensor(field: number, name: string, type: number, dims: readonly (number | string)[]): number[] {
  const sizes = dims.flatMap((size) => block(1, typeof size === 'number' ? integer(1, size) : text(2, size)));
  return block(field, [...text(1, name), ...block(2, block(1, [...integer(1, type), ...block(2, sizes)]))]);
}
const constant = (name: string, external: boolean): number[] => block(5, [...text(8, name), ...(external ? integer(14, 1) : [])]);
const file = (graph: readonly number[]): Uint8Array =>
  Uint8Array.from([...integer(1, 8), ...text(2, 'maker'), ...text(3, '1.2'), ...block(8, [...text(1, 'com.microsoft'), ...integer(2, 1)]), ...block(8, [...text(1, ''), ...integer(2, 300)]), ...block(7, graph)]);

it('reads names, types, fixed and free sizes, and leaves constants out', () => {
  const graph = [...tensor(11, 'x', 1, ['batch', 3, 0, 720]), ...tensor(11, 'weights', 1, [1]), ...constant('weights', false), ...tensor(12, 'y', 10, []), ...tensor(12, 'z', 8, [2])];
  expect(readOnnxHeader(file(graph))).toEqual({
    inputs: [{ name: 'x', type: 'float32', dims: [-1, 3, -1, 720] }],
    outputs: [{ name: 'y', type: 'float16', dims: [] }, { name: 'z', type: 'other', dims: [2] }],
    producer: 'maker 1.2', opset: 300, externalData: false,
  });
  expect(readOnnxHeader(file(constant('w', true))).externalData).toBe(true);
});

it('gives a header or a ModelError for any bytes', () => {
  const sound = file([...tensor(11, 'x', 1, [1, 3, 64, 64]), ...tensor(12, 'y', 1, [1, 3, 64, 64])]);
  const attempt = (bytes: Uint8Array): void => {
    try {
      expect(readOnnxHeader(bytes).inputs).toBeInstanceOf(Array);
    } catch (error) {
      expect(ModelError.isInstance(error)).toBe(true);
    }
  };
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), attempt));
  fc.assert(fc.property(fc.nat(sound.length - 1), fc.nat(255), fc.nat(sound.length), (at, value, length) => {
    const damaged = sound.slice(0, length);
    if (at < length) damaged[at] = value;
    attempt(damaged);
  }));
});
