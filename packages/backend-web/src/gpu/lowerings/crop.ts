import type { Lowering } from '../lowering.ts';

/** `crop`. */
export const lowerCrop: Lowering = ({ step: { node }, inputs: [from] }) => `return ${from}(x + ${Number(node.x ?? 0)}, y + ${Number(node.y ?? 0)});`;
