import { numberParameter } from '../node-parameters.ts';
import { requireSameShape } from './same-shape.ts';
import type { GraphOperation, PictureFunction } from '../operation.ts';

/**
 * `{ op: 'blend', inputs: [a, b], weight?: number }`: (1 − weight) × a + weight × b, weight in [0,1], default 0.5. `b` is
 * brought to the sample type, transfer and channels of `a`. Cannot be undone.
 */
export const blend: GraphOperation = {
  op: 'blend',
  arity: 2,
  parameters: ['weight'],
  alike: true,
  infer([a, b], node) {
    numberParameter(node, 'weight', 0.5, 0, 1);
    requireSameShape('blend', a, b);
    return a;
  },
  compute(node): PictureFunction {
    const weight = numberParameter(node, 'weight', 0.5, 0, 1);
    return ([a, b], result) => {
      for (let i = 0; i < result.length; i++) result[i] = (1 - weight) * a[i] + weight * b[i];
    };
  },
};
