import { sampleMaximum } from '../../image/samples.ts';
import { choiceParameter } from '../node-parameters.ts';
import type { GraphNodeSpec } from '../node-spec.ts';
import type { GraphOperation, SampleFunction } from '../operation.ts';
import type { SampleType } from '../../image/pixel-image.ts';

const target = (node: GraphNodeSpec): SampleType => choiceParameter(node, 'to', ['uint8', 'uint16', 'float32'] as const);

/**
 * `{ op: 'convert', to: 'uint8' | 'uint16' | 'float32' }`: another sample type for the same meaning: 1.0 stands for 255
 * and 65535. To integers values are clamped to [0,1] and rounded to the nearest, halves up; NaN becomes 0.
 * Undone by converting to float32: rounding to the picture's type is left to the end.
 */
export const convert: GraphOperation = {
  op: 'convert',
  arity: 1,
  parameters: ['to'],
  anyType: true,
  infer: ([input], node) => ({ ...input, type: target(node) }),
  sample(node, { type }): SampleFunction | undefined {
    const to = target(node);
    if (to === type) return undefined;
    const from = sampleMaximum(type);
    const maximum = sampleMaximum(to);
    if (to === 'float32') return (value) => value / from;
    if (to === 'uint16' && type === 'uint8') return (value) => value * 257;
    return (value) => {
      const level = (value / from) * maximum;
      return level >= maximum ? maximum : level > 0 ? Math.floor(level + 0.5) : 0;
    };
  },
  invert: () => [{ op: 'convert', to: 'float32' }],
};
