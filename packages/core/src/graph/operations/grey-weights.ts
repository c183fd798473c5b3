import { choiceParameter } from '../node-parameters.ts';
import type { GraphNodeSpec } from '../node-spec.ts';
import type { GraphValueType } from '../operation.ts';

/**
 * What each channel adds to grey, in the order of the channels. `luma`: 0.299 R + 0.587 G + 0.114 B of sRGB-encoded values
 * (ITU-R BT.601, what training data made with OpenCV, Pillow or MATLAB holds), 0.2126 R + 0.7152 G + 0.0722 B of linear
 * light (BT.709 luminance). `mean`: a third each.
 * @throws InvalidArgumentError
 */
export function greyWeights(node: GraphNodeSpec, { transfer, order }: GraphValueType): readonly [number, number, number] {
  if (choiceParameter(node, 'by', ['luma', 'mean'] as const, 'luma') === 'mean') return [1 / 3, 1 / 3, 1 / 3];
  const [red, green, blue] = transfer === 'linear' ? [0.2126, 0.7152, 0.0722] : [0.299, 0.587, 0.114];
  return order === 'rgb' ? [red, green, blue] : [blue, green, red];
}
