import { linearToSrgb, srgbToLinear } from '../../image/srgb-transfer.ts';
import { choiceParameter } from '../node-parameters.ts';
import type { GraphNodeSpec } from '../node-spec.ts';
import type { GraphOperation, SampleFunction } from '../operation.ts';
import type { Transfer } from '../../image/pixel-image.ts';

const target = (node: GraphNodeSpec): Transfer => choiceParameter(node, 'to', ['srgb', 'linear'] as const);

/**
 * `{ op: 'transfer', to: 'srgb' | 'linear' }`: sRGB-encoded values or linear light (IEC 61966-2-1), nominal [0,1].
 * Undone by the transfer it came from. Integer samples get the exact curve, float samples an interpolated one, within 1e-6.
 */
export const transfer: GraphOperation = {
  op: 'transfer',
  arity: 1,
  parameters: ['to'],
  infer: ([input], node) => ({ ...input, transfer: target(node) }),
  sample(node, input): SampleFunction | undefined {
    const to = target(node);
    if (to === input.transfer) return undefined;
    return to === 'linear' ? srgbToLinear : linearToSrgb;
  },
  pieces: (node) => (target(node) === 'linear' ? 1 << 14 : 1 << 16),
  invert: (_node, input) => [{ op: 'transfer', to: input.transfer }],
};
