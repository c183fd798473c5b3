import { numberParameter } from '../node-parameters.ts';
import { requireSameShape } from './same-shape.ts';
import type { GraphOperation, PictureFunction } from '../operation.ts';

/**
 * `{ op: 'residual', inputs: [a, b], scale?: number }`: a + scale × b, default scale 1; for networks that give the
 * difference to their input. `b` is brought to the sample type, transfer and channels of `a`. Cannot be undone.
 *
 * @example { op: 'residual', inputs: ['output', 'input'] } // post graph: the model's output plus what it was given
 */
export const residual: GraphOperation = {
  op: 'residual',
  arity: 2,
  parameters: ['scale'],
  alike: true,
  infer([a, b], node) {
    numberParameter(node, 'scale', 1);
    requireSameShape('residual', a, b);
    return a;
  },
  compute(node): PictureFunction {
    const scale = numberParameter(node, 'scale', 1);
    return ([a, b], result) => {
      for (let i = 0; i < result.length; i++) result[i] = a[i] + scale * b[i];
    };
  },
};
