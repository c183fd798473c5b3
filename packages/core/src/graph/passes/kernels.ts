import type { SampleFunction } from '../operation.ts';
import type { SampleStage } from './pass.ts';

/** Changes the first `count` values of a buffer. */
export type Kernel = (buffer: Float64Array, count: number) => void;

/** The stages of a channel: a straight line first, then the rest. */
export interface ChannelKernels {
  readonly scale: number;
  readonly offset: number;
  readonly rest: readonly Kernel[];
}

/**
 * Merges neighbouring straight lines and chooses a loop for each stage.
 *
 * @param pixels how many samples a run has: few are not worth a table
 */
export function createKernels(stages: readonly SampleStage[], pixels: number): ChannelKernels {
  const lines: { scale: number; offset: number }[] = [{ scale: 1, offset: 0 }];
  const curves: Kernel[] = [];
  for (const { at, channel, affine, pieces } of stages) {
    const last = lines[lines.length - 1];
    if (affine) {
      last.offset = last.offset * affine[0] + affine[1];
      last.scale *= affine[0];
    } else {
      curves.push(pieces === undefined || pixels < pieces / 4 ? functionKernel(at, channel) : interpolationKernel(at, channel, pieces));
      lines.push({ scale: 1, offset: 0 });
    }
  }
  const [first, ...others] = lines;
  const rest = curves.flatMap((curve, index) => {
    const { scale, offset } = others[index];
    return scale === 1 && offset === 0 ? [curve] : [curve, lineKernel(scale, offset)];
  });
  return { ...first, rest };
}

function lineKernel(scale: number, offset: number): Kernel {
  return (buffer, count) => {
    for (let i = 0; i < count; i++) buffer[i] = buffer[i] * scale + offset;
  };
}

function functionKernel(at: SampleFunction, channel: number): Kernel {
  return (buffer, count) => {
    for (let i = 0; i < count; i++) buffer[i] = at(buffer[i], channel);
  };
}

function interpolationKernel(at: SampleFunction, channel: number, pieces: number): Kernel {
  const table = new Float32Array(pieces + 1);
  for (let i = 0; i <= pieces; i++) table[i] = at(i / pieces, channel);
  return (buffer, count) => {
    for (let i = 0; i < count; i++) {
      const value = buffer[i];
      if (value >= 0 && value < 1) {
        const place = value * pieces;
        const index = place | 0;
        const below = table[index];
        buffer[i] = below + (place - index) * (table[index + 1] - below);
      } else {
        buffer[i] = at(value, channel);
      }
    }
  };
}
