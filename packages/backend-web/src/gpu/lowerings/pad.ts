import type { Lowering } from '../lowering.ts';

/** `pad`. */
export const lowerPad: Lowering = ({ step: { node, inputs: [input] }, inputs: [from] }) => {
  const { width, height } = input!.type;
  if (node.mode === 'replicate') return `return ${from}(min(x, ${width - 1}), min(y, ${height - 1}));`;
  return `return ${from}(reflect_index(x, ${width}), reflect_index(y, ${height}));`;
};
