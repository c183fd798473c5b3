import { InvalidArgumentError } from '../errors/invalid-argument-error.ts';

/** Throws unless `value` is a finite number above 0 and not above `largest`. */
export function checkPositive(name: string, value: number, largest: number = Infinity): void {
  if (value > 0 && value <= largest && value < Infinity) return;
  const limit = largest < Infinity ? ` and at most ${largest}` : '';
  throw new InvalidArgumentError(`The ${name} must be a number above 0${limit}, not ${value}.`);
}
