import { InvalidArgumentError } from '../errors/index.ts';
import type { GraphNodeSpec } from './node-spec.ts';
import type { GraphOperation, GraphValueType } from './operation.ts';

/** How a value comes about. */
export interface GraphStep {
  readonly operation: GraphOperation;
  readonly node: GraphNodeSpec;
  readonly inputs: readonly GraphValue[];
}

/** A value of a checked graph: the tile, what the model returned, or the result of a step. */
export interface GraphValue {
  readonly type: GraphValueType;
  readonly from: 'source' | 'tensor' | GraphStep;
}

/** The value an operation makes of others. @throws InvalidArgumentError where it does not take them */
export function applyStep(operation: GraphOperation, node: GraphNodeSpec, inputs: readonly GraphValue[]): GraphValue {
  const types = inputs.map((input) => input.type);
  const type = operation.infer(types, node);
  requireType(operation, type);
  if (!operation.compute) requireSameSize(operation, node, types[0], type);
  return { type, from: { operation, node, inputs } };
}

function requireType({ op }: GraphOperation, { width, height, channels }: GraphValueType): void {
  if ([width, height, channels].every((size) => Number.isSafeInteger(size) && size >= 1)) return;
  throw new InvalidArgumentError(`Operation '${op}' infers a picture of ${width}×${height}×${channels}; sizes must be whole numbers ≥ 1.`);
}

function requireSameSize(operation: GraphOperation, node: GraphNodeSpec, input: GraphValueType, result: GraphValueType): void {
  const channels = operation.channelMap?.(node, input)?.length ?? input.channels;
  if (result.width === input.width && result.height === input.height && result.channels === channels) return;
  throw new InvalidArgumentError(`Operation '${operation.op}' infers another picture size without having \`compute\`.`);
}
