import { numberParameter, refuseParameter } from '../node-parameters.ts';
import type { GraphNodeSpec } from '../node-spec.ts';
import type { GraphOperation, SampleFunction } from '../operation.ts';

function bounds(node: GraphNodeSpec): readonly [minimum: number, maximum: number] {
  const minimum = numberParameter(node, 'min', 0);
  const maximum = numberParameter(node, 'max', 1);
  if (minimum > maximum) refuseParameter(node, 'min', `at most max, ${maximum}`);
  return [minimum, maximum];
}

/**
 * `{ op: 'clamp', min?: number, max?: number }`: limits values to [min, max], default [0,1]; NaN stays.
 * Nothing is done to undo it: values within the limits are what they were.
 */
export const clamp: GraphOperation = {
  op: 'clamp',
  arity: 1,
  parameters: ['min', 'max'],
  infer([input], node) {
    bounds(node);
    return input;
  },
  sample(node): SampleFunction {
    const [minimum, maximum] = bounds(node);
    return (value) => (value < minimum ? minimum : value > maximum ? maximum : value);
  },
  invert: () => [],
};
