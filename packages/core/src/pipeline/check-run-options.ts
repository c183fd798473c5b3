import { InvalidArgumentError } from '../errors/index.ts';
import { methodOf } from './plan-restoration.ts';
import { reductionOf } from './reduction-of.ts';
import { restorationMethods, takesPsf } from './restoration-method.ts';
import type { RunOptions } from './run-options.ts';

/**
 * Checks the options that do not depend on the picture or model.
 * @throws InvalidArgumentError naming the option, its value and the allowed range
 */
export function checkRunOptions(options: RunOptions): void {
  const { scale, strength, tile, memory, threads, parameters } = options;
  if (scale !== undefined && scale !== 'auto' && !reductionOf(scale)) refuse('scale', scale, "1, 1/2, 1/3, 1/4 or 'auto'");
  if (strength !== undefined && !(strength >= 0 && strength <= 1)) refuse('strength', strength, 'a number from 0 to 1');
  if (tile !== undefined && !(Number.isInteger(tile) && tile > 0)) refuse('tile', tile, 'a whole number of pixels above 0');
  if (memory !== undefined && !(memory > 0)) refuse('memory', memory, 'a number of bytes above 0');
  if (threads !== undefined && !(Number.isInteger(threads) && threads > 0)) refuse('threads', threads, 'a whole number above 0');
  checkMethod(options);
  for (const [name, value] of Object.entries(parameters ?? {})) {
    if (!Number.isFinite(value)) refuse(`parameters.${name}`, value, 'a finite number');
  }
}

/** Methods that run a model, or may choose to. */
const modelMethods: readonly string[] = ['network', 'pnp', 'auto'];

function checkMethod(options: RunOptions): void {
  const { noise, space, psf, model } = options;
  const method = methodOf(options);
  if (!restorationMethods.includes(method)) refuse('method', method, `one of ${restorationMethods.join(', ')}`);
  if (noise !== undefined && !(noise >= 0 && noise <= 1)) refuse('noise', noise, 'a standard deviation as a share of full scale, from 0 to 1');
  if (space !== undefined && space !== 'linear' && space !== 'srgb') refuse('space', space, 'linear or srgb');
  if (model !== undefined && model !== 'auto' && !modelMethods.includes(method)) {
    throw new InvalidArgumentError(`Method ${method} runs no model; leave out 'model', or use method 'network'.`);
  }
  if (takesPsf(method)) {
    if (psf === undefined) {
      throw new InvalidArgumentError(`Method ${method} undoes a known blur; give its PSF, for example psf: 'motion:15,30'.`);
    }
  } else if (psf !== undefined) {
    throw new InvalidArgumentError(`Method ${method} takes no PSF; leave 'psf' out, or choose a method that undoes a known blur, such as 'tv'.`);
  }
}

function refuse(name: string, value: unknown, allowed: string): never {
  throw new InvalidArgumentError(`Option '${name}' is ${String(value)}; it must be ${allowed}.`, { details: { option: name, value } });
}
