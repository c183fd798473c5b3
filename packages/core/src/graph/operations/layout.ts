import { choiceParameter } from '../node-parameters.ts';
import type { GraphOperation } from '../operation.ts';

/**
 * `{ op: 'layout', to: 'NCHW' | 'NHWC' }`: planes one after the other, or interleaved channels. It changes the order in
 * memory only, which the compiler does while writing the result; operations of plugins never see it.
 */
export const layout: GraphOperation = {
  op: 'layout',
  arity: 1,
  parameters: ['to'],
  anyType: true,
  infer: ([input], node) => ({ ...input, layout: choiceParameter(node, 'to', ['NCHW', 'NHWC'] as const) === 'NCHW' ? 'CHW' : 'HWC' }),
  invert: (_node, input) => [{ op: 'layout', to: input.layout === 'CHW' ? 'NCHW' : 'NHWC' }],
};
