import { InvalidArgumentError } from '../errors/index.ts';
import type { RunOptions } from './run-options.ts';

/**
 * Checks the options that do not depend on the picture or model.
 * @throws InvalidArgumentError naming the option, its value and the allowed range
 */
export function checkRunOptions(options: RunOptions): void {
  const { scale, strength, tile, memory, threads, parameters } = options;
  if (scale !== undefined && ![1, 0.5, 0.25, 'auto'].includes(scale)) refuse('scale', scale, "1, 0.5, 0.25 or 'auto'");
  if (strength !== undefined && !(strength >= 0 && strength <= 1)) refuse('strength', strength, 'a number from 0 to 1');
  if (tile !== undefined && !(Number.isInteger(tile) && tile > 0)) refuse('tile', tile, 'a whole number of pixels above 0');
  if (memory !== undefined && !(memory > 0)) refuse('memory', memory, 'a number of bytes above 0');
  if (threads !== undefined && !(Number.isInteger(threads) && threads > 0)) refuse('threads', threads, 'a whole number above 0');
  for (const [name, value] of Object.entries(parameters ?? {})) {
    if (!Number.isFinite(value)) refuse(`parameters.${name}`, value, 'a finite number');
  }
}

function refuse(name: string, value: unknown, allowed: string): never {
  throw new InvalidArgumentError(`Option '${name}' is ${String(value)}; it must be ${allowed}.`, { details: { option: name, value } });
}
