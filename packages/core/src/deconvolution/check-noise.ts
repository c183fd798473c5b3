import { InvalidArgumentError } from '../errors/invalid-argument-error.ts';

/** @throws InvalidArgumentError unless it is a standard deviation as a share of full scale */
export function checkNoise(noise: number): void {
  if (noise >= 0 && noise <= 1) return;
  throw new InvalidArgumentError(`The noise is a standard deviation as a share of full scale, from 0 to 1, not ${noise}.`);
}
