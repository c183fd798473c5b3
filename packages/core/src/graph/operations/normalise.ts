import { perChannelParameter, refuseParameter } from '../node-parameters.ts';
import type { GraphNodeSpec } from '../node-spec.ts';
import type { GraphOperation } from '../operation.ts';

function statistics(node: GraphNodeSpec, count: number): { readonly mean: readonly number[]; readonly std: readonly number[] } {
  if (node.mean === undefined && node.std === undefined) refuseParameter(node, 'mean', 'given, or std');
  const std = perChannelParameter(node, 'std', count, 1);
  if (std.some((value) => value === 0)) refuseParameter(node, 'std', 'other than 0');
  return { mean: perChannelParameter(node, 'mean', count, 0), std };
}

/**
 * `{ op: 'normalise', mean?: number | number[], std?: number | number[] }`: (value − mean) / std, each one number or one
 * for each channel in the order the channels have then; defaults 0 and 1, one must be given. Values are those of [0,1].
 * Undone by mean −mean/std and std 1/std.
 *
 * @example { op: 'normalise', mean: 0.5, std: 0.5 } // [0,1] → [−1,1]
 */
export const normalise: GraphOperation = {
  op: 'normalise',
  arity: 1,
  parameters: ['mean', 'std'],
  infer([input], node) {
    statistics(node, input.channels);
    return input;
  },
  affine(node, input) {
    const { mean, std } = statistics(node, input.channels);
    return (channel) => [1 / std[channel], -mean[channel] / std[channel]];
  },
  invert(node, input) {
    const { mean, std } = statistics(node, input.channels);
    return [{ op: 'normalise', mean: mean.map((value, channel) => -value / std[channel]), std: std.map((value) => 1 / value) }];
  },
};
