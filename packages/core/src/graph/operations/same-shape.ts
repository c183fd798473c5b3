import { InvalidArgumentError } from '../../errors/index.ts';
import type { GraphValueType } from '../operation.ts';

/** @throws InvalidArgumentError unless both pictures have one size and one number of channels */
export function requireSameShape(op: string, a: GraphValueType, b: GraphValueType): void {
  if (a.width === b.width && a.height === b.height && a.channels === b.channels) return;
  const shape = ({ width, height, channels }: GraphValueType): string => `${width}×${height}×${channels}`;
  throw new InvalidArgumentError(`${op} takes two pictures of one shape; it gets ${shape(a)} and ${shape(b)}.`);
}
