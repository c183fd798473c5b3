import type { GraphNodeSpec } from '../../graph/node-spec.ts';
import type { ImageTensorSpec } from '../manifest.ts';
import type { ValueRange } from './import-options.ts';

/** How a network takes pictures. */
export interface ValueConvention {
  readonly range: ValueRange;
  readonly order: 'rgb' | 'bgr';
  readonly residual: boolean;
}

/** Pre and post graph of a network. The post graph is left to be derived unless the network gives a difference. */
export function valueGraphs(image: ImageTensorSpec, outputName: string, { range, order, residual }: ValueConvention): { pre: GraphNodeSpec[]; post?: GraphNodeSpec[] } {
  const normalised = image.type !== 'uint8';
  const scale = normalised && range !== '0-1' ? (range === '0-255' ? { mean: 0, std: 1 / 255 } : { mean: 0.5, std: 0.5 }) : undefined;
  const pre: GraphNodeSpec[] = [
    { op: 'convert', to: normalised ? 'float32' : 'uint8' },
    ...(order === 'bgr' && image.channels === 3 ? [{ op: 'channels', to: 3, order }] : []),
    ...(scale ? [{ op: 'normalise', ...scale }] : []),
  ];
  if (!residual) return { pre };
  const post: GraphNodeSpec[] = [
    { op: 'residual', inputs: [outputName, 'input'] },
    ...(scale ? [{ op: 'normalise', mean: -scale.mean / scale.std, std: 1 / scale.std }] : []),
  ];
  return { pre, post };
}
