import { float } from '../lowering.ts';
import type { Lowering } from '../lowering.ts';

/** `clamp`; NaN stays, so that the guard sees it. */
export const lowerClamp: Lowering = ({ step: { operation, node, inputs: [input] }, inputs: [from] }) => {
  const limit = operation.sample!(node, input!.type)!;
  const [least, most] = [limit(-Infinity, 0), limit(Infinity, 0)];
  const [lower, upper] = [`vec3f(${float(least)})`, `vec3f(${float(most)})`];
  return `let value = ${from}(x, y); return select(select(value, ${lower}, value < ${lower}), ${upper}, value > ${upper});`;
};
