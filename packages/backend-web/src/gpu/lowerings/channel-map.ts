import type { Lowering } from '../lowering.ts';

/** Any operation that replicates or reorders channels. */
export const lowerChannelMap: Lowering = ({ step: { operation, node, inputs: [input] }, inputs: [from] }) => {
  const map = operation.channelMap!(node, input!.type)!;
  const shown = [0, 1, 2].map((channel) => 'xyz'[map[channel] ?? 0]).join('');
  return `return ${from}(x, y).${shown};`;
};
