import { expect, test } from 'vitest';
import fc from 'fast-check';
import { createFloat16Decoder, createFloat16Encoder } from './float16.ts';

/** The runtime's own binary16 array (Node 24). */
const Float16 = (globalThis as unknown as { Float16Array: new (buffer: ArrayBuffer) => { [index: number]: number } }).Float16Array;

function create(): { bits: Uint16Array; values: { [index: number]: number } } {
  const bits = new Uint16Array(1);
  return { bits, values: new Float16(bits.buffer) };
}

test('decodes all bit patterns as the runtime does', () => {
  const { bits, values } = create();
  const decode = createFloat16Decoder();
  let wrong = 0;
  for (let half = 0; half < 65536; half++) {
    bits[0] = half;
    if (!Object.is(decode(half), values[0])) wrong++;
  }
  expect(wrong).toBe(0);
});

test('encodes what it decodes', () => {
  const encode = createFloat16Encoder();
  const decode = createFloat16Decoder();
  let wrong = 0;
  for (let half = 0; half < 65536; half++) {
    const isNumber = (half & 0x7c00) !== 0x7c00 || (half & 0x3ff) === 0;
    if (isNumber && encode(decode(half)) !== half) wrong++;
  }
  expect(wrong).toBe(0);
  expect(encode(NaN) & 0x7e00).toBe(0x7e00);
});

test('rounds float32 values as the runtime does', () => {
  const { bits, values } = create();
  const encode = createFloat16Encoder();
  const value = fc.oneof(fc.float({ noNaN: true }), fc.float({ min: -2, max: 2, noNaN: true }), fc.float({ min: Math.fround(-1e-4), max: Math.fround(1e-4), noNaN: true }),
    fc.tuple(fc.nat(0x7bff), fc.constantFrom(0x0fff, 0x1000, 0x1001)).map(([half, rest]) => {
      const single = new Uint32Array([((half >> 10 ? half + (112 << 10) : 112 << 10) << 13) | rest]);
      return new Float32Array(single.buffer)[0];
    }));
  fc.assert(fc.property(value, (single) => {
    values[0] = single;
    expect(encode(single)).toBe(bits[0]);
  }), { numRuns: 20_000 });
});
