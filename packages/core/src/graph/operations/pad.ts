import { choiceParameter, pixelsParameter, refuseParameter } from '../node-parameters.ts';
import { reflectIndex } from '../../tiling/reflect-index.ts';
import type { GraphNodeSpec } from '../node-spec.ts';
import type { GraphOperation, GraphValueType, PictureFunction } from '../operation.ts';

const mode = (node: GraphNodeSpec): 'reflect' | 'replicate' => choiceParameter(node, 'mode', ['reflect', 'replicate'] as const, 'reflect');

function targetSize(node: GraphNodeSpec, { width, height }: GraphValueType): { readonly width: number; readonly height: number } {
  if (node.multipleOf !== undefined) {
    if (node.width !== undefined) refuseParameter(node, 'width', 'left out where multipleOf is given');
    if (node.height !== undefined) refuseParameter(node, 'height', 'left out where multipleOf is given');
    const multiple = pixelsParameter(node, 'multipleOf');
    return { width: Math.ceil(width / multiple) * multiple, height: Math.ceil(height / multiple) * multiple };
  }
  const size = { width: pixelsParameter(node, 'width'), height: pixelsParameter(node, 'height') };
  if (size.width < width) refuseParameter(node, 'width', `at least the picture's, ${width}`);
  if (size.height < height) refuseParameter(node, 'height', `at least the picture's, ${height}`);
  return size;
}

/**
 * `{ op: 'pad', multipleOf: number }` or `{ op: 'pad', width, height }`, with `mode?: 'reflect' | 'replicate'`: adds pixels
 * at the right and at the bottom, so that the others keep their place: mirrored at the edge pixel (default; further than
 * the picture is wide, mirrored again) or repeating it. Undone by `crop`.
 */
export const pad: GraphOperation = {
  op: 'pad',
  arity: 1,
  parameters: ['multipleOf', 'width', 'height', 'mode'],
  infer([input], node) {
    mode(node);
    return { ...input, ...targetSize(node, input) };
  },
  compute(node, [input]): PictureFunction {
    const { width, height } = targetSize(node, input);
    const reflect = mode(node) === 'reflect';
    const inside = (index: number, length: number): number => (reflect ? reflectIndex(index, length) : Math.min(index, length - 1));
    const { channels } = input;
    const stride = width * channels;
    const added = Int32Array.from({ length: (width - input.width) * channels }, (_, i) =>
      inside(input.width + Math.floor(i / channels), input.width) * channels + (i % channels));
    return ([picture], result) => {
      const from = input.width * channels;
      for (let y = 0; y < input.height; y++) {
        const row = picture.subarray(y * from, (y + 1) * from);
        result.set(row, y * stride);
        for (let i = 0; i < added.length; i++) result[y * stride + from + i] = row[added[i]];
      }
      for (let y = input.height; y < height; y++) {
        const row = inside(y, input.height);
        result.copyWithin(y * stride, row * stride, (row + 1) * stride);
      }
    };
  },
  invert: (_node, { width, height }) => [{ op: 'crop', width, height }],
};
