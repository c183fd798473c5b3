import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../errors/index.ts';
import reference from './fixtures/image.json' with { type: 'json' };
import type { SampleArray } from './pixel-image.ts';
import { createRowEnlarger } from './row-enlarger.ts';
import { createRowReducer } from './row-reducer.ts';

type Factor = 2 | 3 | 4;
interface Pusher<T extends SampleArray> { push(rows: T): Float32Array }

/** Pushes rows in groups of the given sizes (repeated), checking nothing is left out. */
function pushInGroups<T extends SampleArray>(resampler: Pusher<T>, data: T, stride: number, groups: readonly number[]): Float32Array {
  const parts: Float32Array[] = [];
  for (let row = 0, group = 0; row * stride < data.length; group++) {
    const end = row + groups[group % groups.length]!;
    parts.push(resampler.push(data.subarray(row * stride, end * stride) as T));
    row = end;
  }
  return Float32Array.from(parts.flatMap((part) => [...part]));
}

const worst = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  expect(a.length).toBe(b.length);
  return Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
};

const shape = fc.record({
  width: fc.integer({ min: 1, max: 23 }),
  height: fc.integer({ min: 1, max: 23 }),
  channels: fc.constantFrom(1 as const, 3 as const),
  factor: fc.constantFrom<Factor>(2, 3, 4),
});
const groups = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 });

describe('createRowReducer', () => {
  it.each(reference.reduced)('agrees with block means of scikit-image: $width×$height by $factor', ({ width, height, factor, data, result }) => {
    const reducer = createRowReducer({ width, height, channels: 1, factor: factor as Factor });
    expect(worst(reducer.push(Uint8Array.from(data)), result)).toBeLessThan(1e-7);
    expect([reducer.width, reducer.height]).toEqual([Math.ceil(width / factor), Math.ceil(height / factor)]);
  });

  it('keeps channels apart and scales 16 bits', () => {
    const reducer = createRowReducer({ width: 2, height: 2, channels: 3, factor: 2 });
    const data = Uint16Array.of(65535, 0, 100, 65535, 0, 200, 65535, 0, 300, 65535, 0, 400);
    expect(worst(reducer.push(data), [1, 0, 250 / 65535])).toBeLessThan(1e-9);
  });

  it('gives the same for any grouping of rows', () => {
    fc.assert(
      fc.property(shape, groups, fc.infiniteStream(fc.integer({ min: 0, max: 255 })), (options, sizes, values) => {
        const stride = options.width * options.channels;
        const data = Uint8Array.from(Array.from({ length: stride * options.height }, () => values.next().value as number));
        const whole = createRowReducer(options).push(data);
        expect(pushInGroups(createRowReducer(options), data, stride, sizes)).toEqual(whole);
      }),
    );
  });

  it('refuses broken rows, rows too many and unusable options', () => {
    const reducer = createRowReducer({ width: 3, height: 2, channels: 1, factor: 2 });
    expect(() => reducer.push(new Uint8Array(4))).toThrow('4 samples are not whole rows of 3');
    reducer.push(new Uint8Array(3));
    expect(() => reducer.push(new Uint8Array(6))).toThrow('only 1 are left');
    expect(() => createRowReducer({ width: 3, height: 2, channels: 1, factor: 5 as Factor })).toThrow(InvalidArgumentError);
    expect(() => createRowReducer({ width: 0, height: 2, channels: 1, factor: 2 })).toThrow('width is 0');
  });
});

describe('createRowEnlarger', () => {
  it.each(reference.enlarged)('agrees with Pillow away from the edges: $kernel by $factor', ({ width, height, factor, kernel, margin, data, result }) => {
    const options = { width, height, channels: 1, factor: factor as Factor, kernel: kernel as 'bicubic' | 'bilinear' } as const;
    const large = createRowEnlarger(options).push(Float32Array.from(data));
    const inner = (all: ArrayLike<number>): number[] =>
      Array.from(all).filter((_, i) => {
        const [x, y] = [i % width, Math.floor(i / width)];
        return x >= margin && x < width - margin && y >= margin && y < height - margin;
      });
    expect(inner(large).length).toBeGreaterThan(20);
    expect(worst(inner(large), inner(result))).toBeLessThan(1e-6);
  });

  it('gives the same for any grouping of rows', () => {
    fc.assert(
      fc.property(shape, groups, fc.constantFrom('bicubic' as const, 'bilinear' as const), (options, sizes, kernel) => {
        const stride = Math.ceil(options.width / options.factor) * options.channels;
        const rows = Math.ceil(options.height / options.factor);
        const data = Float32Array.from({ length: stride * rows }, (_, i) => Math.sin(i * i));
        const whole = createRowEnlarger({ ...options, kernel }).push(data);
        expect(whole).toHaveLength(options.width * options.height * options.channels);
        expect(pushInGroups(createRowEnlarger({ ...options, kernel }), data, stride, sizes)).toEqual(whole);
      }),
    );
  });

  it('gives rows out as soon as their taps are there', () => {
    const rows = (kernel: 'bicubic' | 'bilinear'): number[] => {
      const enlarger = createRowEnlarger({ width: 1, height: 12, channels: 1, factor: 2, kernel });
      return Array.from({ length: 6 }, () => enlarger.push(new Float32Array(1)).length);
    };
    expect(rows('bilinear')).toEqual([1, 2, 2, 2, 2, 3]);
    expect(rows('bicubic')).toEqual([0, 1, 2, 2, 2, 5]);
  });

  it('gives constants back exactly after reduction, and linear ramps away from the edges', () => {
    fc.assert(
      fc.property(
        shape, fc.float({ min: -2, max: 2, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true }),
        fc.constantFrom('bicubic' as const, 'bilinear' as const),
        (options, constant, slopeX, slopeY, kernel) => {
          const { width, height, channels, factor } = options;
          const there = (data: Float32Array): Float32Array => createRowEnlarger({ ...options, kernel }).push(createRowReducer(options).push(data));
          const flat = new Float32Array(width * height * channels).fill(constant);
          expect(worst(there(flat), flat)).toBe(0);

          const ramp = Float32Array.from(flat, (_, i) => {
            const pixel = Math.floor(i / channels);
            return constant + slopeX * (pixel % width) + slopeY * Math.floor(pixel / width);
          });
          const result = there(ramp);
          const margin = 2.5 * factor;
          ramp.forEach((value, i) => {
            const pixel = Math.floor(i / channels);
            const [x, y] = [pixel % width, Math.floor(pixel / width)];
            if (Math.min(x, y) < margin || x >= width - margin || y >= height - margin) return;
            expect(Math.abs(result[i]! - value)).toBeLessThan(1e-5);
          });
        },
      ),
    );
  });

  it('refuses broken rows, rows too many and unusable options', () => {
    const enlarger = createRowEnlarger({ width: 3, height: 2, channels: 1, factor: 2 });
    expect(() => enlarger.push(new Float32Array(3))).toThrow('not whole rows of 2');
    expect(() => enlarger.push(new Float32Array(4))).toThrow('only 1 are left');
    expect(() => createRowEnlarger({ width: 3, height: 2, channels: 1, factor: 2, kernel: 'lanczos' as 'bicubic' })).toThrow(InvalidArgumentError);
  });
});
