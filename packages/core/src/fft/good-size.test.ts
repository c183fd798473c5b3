import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../errors/index.ts';
import { goodSize } from './good-size.ts';

function isSmooth(n: number): boolean {
  for (const factor of [2, 3, 5]) while (n % factor === 0) n /= factor;
  return n === 1;
}

describe('goodSize', () => {
  it('gives the smallest length with factors 2, 3 and 5 only', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000 }), (minimum) => {
        let expected = minimum;
        while (!isSmooth(expected)) expected++;
        expect(goodSize(minimum)).toBe(expected);
      }),
    );
  });

  it.each([0, -1, 1.5, NaN, Infinity])('refuses %s', (minimum) => {
    expect(() => goodSize(minimum)).toThrow(InvalidArgumentError);
  });
});
