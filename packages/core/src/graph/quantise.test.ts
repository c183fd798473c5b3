import { expect, test } from 'vitest';
import { quantise } from './quantise.ts';

test('clamps and rounds to integers', () => {
  const rows = Float32Array.of(-0.1, 0, 0.4999 / 255, 0.5001 / 255, 0.5, 1, 1.5, NaN, Infinity, -Infinity);
  expect(quantise(rows, 'uint8')).toEqual(Uint8Array.of(0, 0, 0, 1, 128, 255, 255, 0, 255, 0));
  expect(quantise(Float32Array.of(1 / 65535, 2), 'uint16')).toEqual(Uint16Array.of(1, 65535));
});

test('copies floats, without NaN and infinities', () => {
  const rows = Float32Array.of(-0.25, 1.5, NaN, Infinity, -Infinity);
  const result = quantise(rows, 'float32');
  expect(result).toEqual(Float32Array.of(-0.25, 1.5, 0, 1, 0));
  expect(result).not.toBe(rows);
});
