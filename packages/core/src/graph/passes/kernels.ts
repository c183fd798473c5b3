import type { SampleFunction } from '../operation.ts';
import type { SampleStage } from './pass.ts';

/** Changes the first `count` values of a buffer. */
export type Kernel = (buffer: Float64Array, count: number) => void;

/** A straight line. */
export interface Line {
  readonly scale: number;
  readonly offset: number;
}

/** A curve within [0,1] by linear interpolation in a table, outside by the exact function. */
export interface TabulatedCurve {
  readonly table: Float32Array;
  readonly exact: SampleFunction;
  readonly channel: number;
}

/** The stages of a channel in the form that is fastest to run. */
export type ChannelKernels =
  | { readonly first: Line }
  | { readonly first: Line; readonly curve: TabulatedCurve; readonly last: Line }
  | { readonly first: Line; readonly rest: readonly Kernel[] };

/**
 * Merges neighbouring straight lines and chooses how each stage is computed.
 *
 * @param pixels how many samples a run has: few are not worth a table
 */
export function createKernels(stages: readonly SampleStage[], pixels: number): ChannelKernels {
  const lines: Line[] = [{ scale: 1, offset: 0 }];
  const curves: SampleStage[] = [];
  for (const stage of stages) {
    if (stage.affine) {
      const { scale, offset } = lines[lines.length - 1];
      const [factor, addend] = stage.affine;
      lines[lines.length - 1] = { scale: scale * factor, offset: offset * factor + addend };
    } else {
      curves.push(stage);
      lines.push({ scale: 1, offset: 0 });
    }
  }
  const [first, ...others] = lines;
  if (curves.length === 0) return { first };
  const made = curves.map((curve) => tabulate(curve, pixels) ?? functionKernel(curve));
  if (made.length === 1 && typeof made[0] === 'object') return { first, curve: made[0], last: others[0] };
  return { first, rest: made.flatMap((curve, index) => [typeof curve === 'object' ? curveKernel(curve) : curve, ...lineKernel(others[index])]) };
}

function tabulate({ at, channel, pieces }: SampleStage, pixels: number): TabulatedCurve | undefined {
  if (pieces === undefined || pixels < pieces / 4) return undefined;
  const table = new Float32Array(pieces + 1);
  for (let i = 0; i <= pieces; i++) table[i] = at(i / pieces, channel);
  return { table, exact: at, channel };
}

function lineKernel({ scale, offset }: Line): readonly Kernel[] {
  if (scale === 1 && offset === 0) return [];
  return [(buffer, count) => {
    for (let i = 0; i < count; i++) buffer[i] = buffer[i] * scale + offset;
  }];
}

function functionKernel({ at, channel }: SampleStage): Kernel {
  return (buffer, count) => {
    for (let i = 0; i < count; i++) buffer[i] = at(buffer[i], channel);
  };
}

function curveKernel({ table, exact, channel }: TabulatedCurve): Kernel {
  const pieces = table.length - 1;
  return (buffer, count) => {
    for (let i = 0; i < count; i++) {
      const value = buffer[i];
      if (value >= 0 && value < 1) {
        const place = value * pieces;
        const index = place | 0;
        buffer[i] = table[index] + (place - index) * (table[index + 1] - table[index]);
      } else {
        buffer[i] = exact(value, channel);
      }
    }
  };
}
