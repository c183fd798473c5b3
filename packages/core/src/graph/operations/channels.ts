import { InvalidArgumentError } from '../../errors/index.ts';
import { choiceParameter } from '../node-parameters.ts';
import { greyWeights } from './grey-weights.ts';
import type { GraphNodeSpec } from '../node-spec.ts';
import type { ChannelOrder, GraphOperation, PictureFunction } from '../operation.ts';

const target = (node: GraphNodeSpec): 1 | 3 => choiceParameter(node, 'to', [1, 3] as const);
const targetOrder = (node: GraphNodeSpec): ChannelOrder => choiceParameter(node, 'order', ['rgb', 'bgr'] as const, 'rgb');

/**
 * `{ op: 'channels', to: 1 | 3, order?: 'rgb' | 'bgr', by?: 'luma' | 'mean' }`: the number and order (default `rgb`) of
 * channels. Grey to colour replicates. Colour to grey is `by` luma (default) or mean, of the values as they are.
 *
 * Undone: replicated grey by the mean of the three channels, whose errors it averages (luma would weight green's by 0.587);
 * a reordering by the order it came in; grey made of colour by `recolour`, which keeps the picture's colours.
 */
export const channels: GraphOperation = {
  op: 'channels',
  arity: 1,
  parameters: ['to', 'order', 'by'],
  infer([input], node) {
    if (input.channels !== 1 && input.channels !== 3) {
      throw new InvalidArgumentError(`channels takes a picture of 1 or 3 channels; it gets ${input.channels}.`);
    }
    const to = target(node);
    const order = targetOrder(node);
    greyWeights(node, input);
    return { ...input, channels: to, order: to === 1 ? 'rgb' : order };
  },
  channelMap(node, input): readonly number[] | undefined {
    if (input.channels === 1) return target(node) === 1 ? [0] : [0, 0, 0];
    if (target(node) === 1) return undefined;
    return input.order === targetOrder(node) ? [0, 1, 2] : [2, 1, 0];
  },
  compute(node, [input]): PictureFunction {
    const [first, second, third] = greyWeights(node, input);
    return ([picture], grey) => {
      for (let i = 0, j = 0; i < grey.length; i++, j += 3) {
        grey[i] = first * picture[j] + second * picture[j + 1] + third * picture[j + 2];
      }
    };
  },
  invert(node, input): readonly GraphNodeSpec[] {
    if (input.channels === 1) return [{ op: 'channels', to: 1, by: 'mean' }];
    if (target(node) === 3) return [{ op: 'channels', to: 3, order: input.order }];
    return [{ op: 'recolour', by: node.by ?? 'luma', inputs: ['result', 'before'] }];
  },
};
