import type { Lowering } from '../lowering.ts';

/** Any operation that changes the type only, such as `layout`. */
export const lowerUnchanged: Lowering = ({ inputs: [from] }) => `return ${from}(x, y);`;
