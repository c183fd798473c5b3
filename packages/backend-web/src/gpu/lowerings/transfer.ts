import type { Lowering } from '../lowering.ts';

/** `transfer`. */
export const lowerTransfer: Lowering = ({ step: { inputs: [input] }, type, inputs: [from] }) => {
  if (type.transfer === input!.type.transfer) return `return ${from}(x, y);`;
  return `return ${type.transfer === 'linear' ? 'srgb_to_linear' : 'linear_to_srgb'}(${from}(x, y));`;
};
