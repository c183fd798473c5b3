import { InvalidArgumentError } from '../errors/invalid-argument-error.ts';
import { goodSize } from './good-size.ts';

/** One pass of a Stockham transform. */
export interface Pass {
  readonly radix: 2 | 3 | 4 | 5;
  /** Length not yet transformed before this pass, divided by the radix. */
  readonly groups: number;
  /** For each group p ≥ 1, for k = 1 … radix - 1: real and imaginary part of exp(-2πi·p·k / (radix·groups)). */
  readonly twiddles: Float32Array;
}

function twiddlesOf(radix: number, groups: number): Float32Array {
  const length = radix * groups;
  const twiddles = new Float32Array((groups - 1) * (radix - 1) * 2);
  let i = 0;
  for (let p = 1; p < groups; p++) {
    for (let k = 1; k < radix; k++) {
      const angle = (-2 * Math.PI * ((p * k) % length)) / length;
      twiddles[i++] = Math.cos(angle);
      twiddles[i++] = Math.sin(angle);
    }
  }
  return twiddles;
}

/**
 * The passes that transform a sequence of `length` numbers.
 *
 * @throws InvalidArgumentError if the length has prime factors other than 2, 3 and 5
 */
export function planPasses(length: number): Pass[] {
  const passes: Pass[] = [];
  let rest = length;
  for (const radix of [4, 2, 3, 5] as const) {
    while (rest % radix === 0) {
      rest /= radix;
      passes.push({ radix, groups: rest, twiddles: twiddlesOf(radix, rest) });
    }
  }
  if (rest === 1) return passes;
  throw new InvalidArgumentError(
    `The Fourier transform takes lengths with prime factors 2, 3 and 5 only, not ${length}; pad to goodSize(${length}) = ${goodSize(length)}.`,
    { details: { length, goodSize: goodSize(length) } },
  );
}
