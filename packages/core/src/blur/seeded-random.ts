import { InvalidArgumentError } from '../errors/invalid-argument-error.ts';

/** A stream of pseudo-random numbers that depends on its seed only. */
export interface SeededRandom {
  /** Next 32 random bits, in [0, 2³²). */
  bits(): number;
  /** Uniform in [0, 1), with 32 random bits. */
  uniform(): number;
  /** Normal with mean 0 and standard deviation 1. */
  normal(): number;
}

/** SplitMix32: spreads a seed over the state of the generator. */
function splitMix(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
}

/**
 * A random generator: xoshiro128** (Blackman and Vigna 2018), its state filled by SplitMix32. The bits are the same on every
 * platform; normals come from Marsaglia's polar method and agree as far as `Math.log` does. Not for cryptography.
 *
 * @param seed whole number in [0, 2³²)
 * @throws InvalidArgumentError for another seed
 */
export function createRandom(seed: number): SeededRandom {
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32) {
    throw new InvalidArgumentError(`A seed is a whole number from 0 to 2^32 - 1, not ${seed}.`);
  }
  const fill = splitMix(seed);
  let a = fill(), b = fill(), c = fill(), d = fill();
  let spare: number | undefined;

  function bits(): number {
    const product = Math.imul(b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9);
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result >>> 0;
  }
  const uniform = (): number => bits() / 2 ** 32;

  function normal(): number {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    for (;;) {
      const x = 2 * uniform() - 1;
      const y = 2 * uniform() - 1;
      const square = x * x + y * y;
      if (square === 0 || square >= 1) continue;
      const scale = Math.sqrt((-2 * Math.log(square)) / square);
      spare = y * scale;
      return x * scale;
    }
  }

  return { bits, uniform, normal };
}
