import { InvalidArgumentError } from '../errors/index.ts';

/**
 * Checks that an option is a whole number in a range.
 * @throws InvalidArgumentError naming the option, its value and the range
 */
export function requireInteger(name: string, value: number, minimum: number, maximum: number = Number.MAX_SAFE_INTEGER): void {
  if (Number.isSafeInteger(value) && value >= minimum && value <= maximum) return;
  const range = maximum === Number.MAX_SAFE_INTEGER ? `≥ ${minimum}` : `from ${minimum} to ${maximum}`;
  throw new InvalidArgumentError(`${name} is ${value}; it must be a whole number ${range}.`, { details: { name, value, minimum, maximum } });
}
