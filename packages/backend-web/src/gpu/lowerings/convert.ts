import { sampleMaximum } from '@deblur/core';
import { float } from '../lowering.ts';
import type { Lowering } from '../lowering.ts';

/** `convert`. */
export const lowerConvert: Lowering = ({ step: { inputs: [input] }, type, inputs: [from] }) => {
  const [before, after] = [sampleMaximum(input!.type.type), sampleMaximum(type.type)];
  if (type.type === input!.type.type) return `return ${from}(x, y);`;
  if (type.type === 'float32') return `return ${from}(x, y) / ${float(before)};`;
  return `return floor(clamp(${from}(x, y) * ${float(after / before)}, vec3f(0.0), vec3f(${float(after)})) + 0.5);`;
};
