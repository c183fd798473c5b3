import { InvalidArgumentError } from '../../errors/index.ts';
import { greyWeights } from './grey-weights.ts';
import type { GraphOperation, PictureFunction } from '../operation.ts';

/**
 * `{ op: 'recolour', inputs: [grey, colour], by?: 'luma' | 'mean' }`: the colour picture with the grey one in place of its
 * luma: each channel of `colour` + `grey` − luma(`colour`). Undoes `channels` from 3 to 1, with the same `by`.
 */
export const recolour: GraphOperation = {
  op: 'recolour',
  arity: 2,
  parameters: ['by'],
  infer([grey, colour], node) {
    if (grey.channels !== 1 || colour.channels !== 3) {
      throw new InvalidArgumentError(
        `recolour takes a grey and a colour picture, 1 and 3 channels; it gets ${grey.channels} and ${colour.channels}.`,
      );
    }
    if (grey.width !== colour.width || grey.height !== colour.height) {
      throw new InvalidArgumentError(
        `recolour takes pictures of one size; it gets ${grey.width}×${grey.height} and ${colour.width}×${colour.height}.`,
      );
    }
    greyWeights(node, colour);
    return colour;
  },
  compute(node, [, type]): PictureFunction {
    const [first, second, third] = greyWeights(node, type);
    return ([grey, colour], result) => {
      for (let i = 0, j = 0; i < grey.length; i++, j += 3) {
        const change = grey[i] - (first * colour[j] + second * colour[j + 1] + third * colour[j + 2]);
        result[j] = colour[j] + change;
        result[j + 1] = colour[j + 1] + change;
        result[j + 2] = colour[j + 2] + change;
      }
    };
  },
};
