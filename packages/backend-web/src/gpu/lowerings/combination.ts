import { computeRow, float } from '../lowering.ts';
import type { Lowering } from '../lowering.ts';

/** `residual` and `blend`: two pictures, each times a number. The numbers are what becomes of 1 and 0. */
export const lowerCombination: Lowering = ({ step, type, inputs: [first, second] }) => {
  const ones = Array.from({ length: type.channels }, () => 1);
  const zeros = ones.map(() => 0);
  const [a] = computeRow(step, 1, [ones, zeros], type.channels);
  const [b] = computeRow(step, 1, [zeros, ones], type.channels);
  return `return ${first}(x, y) * ${float(a!)} + ${second}(x, y) * ${float(b!)};`;
};
