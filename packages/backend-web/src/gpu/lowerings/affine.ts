import { vector } from '../lowering.ts';
import type { Lowering } from '../lowering.ts';

/** Any operation that is a scale and an offset for each channel. */
export const lowerAffine: Lowering = ({ step: { operation, node, inputs: [input] }, type, inputs: [from] }) => {
  const lines = operation.affine!(node, input!.type);
  const channels = Array.from({ length: type.channels }, (_, channel) => lines(channel));
  return `return ${from}(x, y) * ${vector(channels.map(([scale]) => scale))} + ${vector(channels.map(([, offset]) => offset))};`;
};
