import { InvalidArgumentError } from '../errors/index.ts';
import type { GraphNodeSpec } from './node-spec.ts';

/** Refuses a parameter. @throws InvalidArgumentError that names it in `details.parameter` */
export function refuseParameter(node: GraphNodeSpec, name: string, allowed: string): never {
  const value = node[name];
  const is = value === undefined ? 'missing' : typeof value === 'object' ? JSON.stringify(value) : String(value);
  throw new InvalidArgumentError(`'${name}' of ${node.op} is ${is}; it must be ${allowed}.`, { details: { parameter: name, value } });
}

/** A parameter that is one of several values. @throws InvalidArgumentError */
export function choiceParameter<T extends string | number>(node: GraphNodeSpec, name: string, choices: readonly T[], fallback?: T): T {
  const value = node[name] === undefined ? fallback : node[name];
  const found = choices.find((choice) => choice === value);
  return found ?? refuseParameter(node, name, choices.map((choice) => (typeof choice === 'string' ? `'${choice}'` : choice)).join(' or '));
}

/** A parameter that is a finite number. @throws InvalidArgumentError */
export function numberParameter(node: GraphNodeSpec, name: string, fallback?: number, minimum: number = -Infinity, maximum: number = Infinity): number {
  const value = node[name] === undefined ? fallback : node[name];
  if (typeof value === 'number' && Number.isFinite(value) && value >= minimum && value <= maximum) return value;
  const range = minimum === -Infinity && maximum === Infinity ? '' : ` from ${minimum} to ${maximum}`;
  return refuseParameter(node, name, `a finite number${range}`);
}

/** A parameter that is a whole number of pixels ≥ `minimum`. @throws InvalidArgumentError */
export function pixelsParameter(node: GraphNodeSpec, name: string, fallback?: number, minimum = 1): number {
  const value = node[name] === undefined ? fallback : node[name];
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= minimum) return value;
  return refuseParameter(node, name, `a whole number of pixels ≥ ${minimum}`);
}

/** A parameter that is one finite number for all channels or a list of one for each; gives the list. @throws InvalidArgumentError */
export function perChannelParameter(node: GraphNodeSpec, name: string, channels: number, fallback: number): readonly number[] {
  const value = node[name] === undefined ? fallback : node[name];
  if (typeof value === 'number' && Number.isFinite(value)) return Array.from({ length: channels }, () => value);
  if (Array.isArray(value) && value.length === channels && value.every((entry) => typeof entry === 'number' && Number.isFinite(entry))) {
    return value as number[];
  }
  return refuseParameter(node, name, `a finite number or a list of ${channels}, one for each channel`);
}
