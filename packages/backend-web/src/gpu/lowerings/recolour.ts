import { computeRow, vector } from '../lowering.ts';
import type { Lowering } from '../lowering.ts';

/** `recolour`: the weights of the luma are what pure red, green and blue lose. */
export const lowerRecolour: Lowering = ({ step, inputs: [grey, colour] }) => {
  const changed = computeRow(step, 3, [[0, 0, 0], [1, 0, 0, 0, 1, 0, 0, 0, 1]], 9);
  const weights = [-changed[1]!, -changed[3]!, -changed[6]!];
  return `let colour = ${colour}(x, y); return colour + (${grey}(x, y).x - dot(colour, ${vector(weights)}));`;
};
