import { computeRow, vector } from '../lowering.ts';
import type { Lowering } from '../lowering.ts';

/** `channels` from 3 to 1: a weighted sum. The weights are what becomes of pure red, green and blue. */
export const lowerChannels: Lowering = ({ step, inputs: [from] }) => {
  const weights = computeRow(step, 3, [[1, 0, 0, 0, 1, 0, 0, 0, 1]], 3);
  return `return vec3f(dot(${from}(x, y), ${vector([...weights])}), 0.0, 0.0);`;
};
