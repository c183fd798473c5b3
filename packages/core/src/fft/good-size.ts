import { InvalidArgumentError } from '../errors/invalid-argument-error.ts';

/**
 * The smallest length ≥ `minimum` without prime factors other than 2, 3 and 5, which `createFft2d` takes.
 *
 * @example goodSize(1021) // 1024
 * @throws InvalidArgumentError if `minimum` is not a whole number from 1 to 2³¹
 */
export function goodSize(minimum: number): number {
  if (!Number.isInteger(minimum) || minimum < 1 || minimum > 2 ** 31) {
    throw new InvalidArgumentError(`goodSize needs a whole number from 1 to 2^31, not ${minimum}.`);
  }
  let best = Infinity;
  for (let fives = 1; fives < best; fives *= 5) {
    for (let threes = fives; threes < best; threes *= 3) {
      let length = threes;
      while (length < minimum) length *= 2;
      if (length < best) best = length;
    }
  }
  return best;
}
