import { pixelsParameter, refuseParameter } from '../node-parameters.ts';
import type { GraphOperation, PictureFunction } from '../operation.ts';

/**
 * `{ op: 'crop', width, height, x?: number, y?: number }`: the part of the picture whose upper left pixel is (x, y),
 * default (0, 0). Cannot be undone.
 */
export const crop: GraphOperation = {
  op: 'crop',
  arity: 1,
  parameters: ['width', 'height', 'x', 'y'],
  infer([input], node) {
    const width = pixelsParameter(node, 'width');
    const height = pixelsParameter(node, 'height');
    if (pixelsParameter(node, 'x', 0, 0) + width > input.width) refuseParameter(node, 'width', `such that it ends within ${input.width} pixels`);
    if (pixelsParameter(node, 'y', 0, 0) + height > input.height) refuseParameter(node, 'height', `such that it ends within ${input.height} pixels`);
    return { ...input, width, height };
  },
  compute(node, [input]): PictureFunction {
    const stride = pixelsParameter(node, 'width') * input.channels;
    const height = pixelsParameter(node, 'height');
    const x = pixelsParameter(node, 'x', 0, 0);
    const y = pixelsParameter(node, 'y', 0, 0);
    return ([picture], result) => {
      for (let row = 0; row < height; row++) {
        const start = ((y + row) * input.width + x) * input.channels;
        result.set(picture.subarray(start, start + stride), row * stride);
      }
    };
  },
};
