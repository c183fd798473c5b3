import { psfFromArray } from '../../blur/psf-from-array.ts';
import type { Psf } from '../../blur/psf.ts';
import { kernelSimilarity } from '../../metrics/kernel-similarity.ts';

/** A kernel on a square of odd side, its middle being where light stays. */
export interface SquareKernel {
  readonly side: number;
  /** `side × side` weights, row after row. */
  readonly values: Float32Array;
}

/** The weights scaled to sum 1; all zero stays so. */
function normaliseKernel({ side, values }: SquareKernel): SquareKernel {
  const sum = values.reduce((total, value) => total + value, 0);
  return { side, values: sum > 0 ? values.map((value) => value / sum) : values };
}

/** Sets weights below a share of the largest, and negative ones, to 0. */
export function cutKernel({ side, values }: SquareKernel, share: number): SquareKernel {
  const largest = values.reduce((most, value) => Math.max(most, value), 0);
  const least = share * largest;
  return normaliseKernel({ side, values: values.map((value) => (value > 0 && value >= least ? value : 0)) });
}

/** Sets connected groups (8 neighbours) of less than a share of the total weight to 0. */
export function dropIslands(kernel: SquareKernel, share: number): SquareKernel {
  const { side, values } = kernel;
  const total = values.reduce((sum, value) => sum + value, 0);
  const seen = new Uint8Array(values.length);
  const result = values.slice();
  for (let start = 0; start < values.length; start++) {
    if (seen[start] || values[start]! <= 0) continue;
    const group = [start];
    seen[start] = 1;
    let mass = 0;
    for (const place of group) {
      mass += values[place]!;
      const column = place % side;
      const row = Math.floor(place / side);
      for (let y = Math.max(0, row - 1); y <= Math.min(side - 1, row + 1); y++) {
        for (let x = Math.max(0, column - 1); x <= Math.min(side - 1, column + 1); x++) {
          const next = y * side + x;
          if (seen[next] || values[next]! <= 0) continue;
          seen[next] = 1;
          group.push(next);
        }
      }
    }
    if (mass < share * total) for (const place of group) result[place] = 0;
  }
  return normaliseKernel({ side, values: result });
}

/** The largest normalised cross-correlation over shifts, 0 to 1; kernels of any sides. */
export function kernelAgreement(a: SquareKernel, b: SquareKernel): number {
  const psf = ({ side, values }: SquareKernel): Psf => psfFromArray(values, { width: side, height: side });
  return kernelSimilarity(psf(a), psf(b));
}

/** The kernel moved by whole pixels so that its centre of gravity lies as near to the middle as can be, on a square of another side. */
export function recentreKernel({ side, values }: SquareKernel, newSide: number = side): SquareKernel {
  let sum = 0;
  let x = 0;
  let y = 0;
  values.forEach((value, i) => {
    sum += value;
    x += value * (i % side);
    y += value * Math.floor(i / side);
  });
  const result = new Float32Array(newSide * newSide);
  if (sum > 0) {
    const left = Math.round(x / sum) - (newSide >> 1);
    const top = Math.round(y / sum) - (newSide >> 1);
    values.forEach((value, i) => {
      const column = (i % side) - left;
      const row = Math.floor(i / side) - top;
      if (column >= 0 && row >= 0 && column < newSide && row < newSide) result[row * newSide + column] = value;
    });
  }
  return normaliseKernel({ side: newSide, values: result });
}

/** The kernel for a picture `scale` times as large, bilinear, on a square of another side with the same middle. */
export function enlargeKernel({ side, values }: SquareKernel, newSide: number, scale: number): SquareKernel {
  const middle = side >> 1;
  const newMiddle = newSide >> 1;
  const at = (x: number, y: number): number => (x < 0 || y < 0 || x >= side || y >= side ? 0 : values[y * side + x]!);
  const result = Float32Array.from({ length: newSide * newSide }, (_, i) => {
    const x = middle + ((i % newSide) - newMiddle) / scale;
    const y = middle + (Math.floor(i / newSide) - newMiddle) / scale;
    const [left, top] = [Math.floor(x), Math.floor(y)];
    const [u, v] = [x - left, y - top];
    return (1 - v) * ((1 - u) * at(left, top) + u * at(left + 1, top)) + v * ((1 - u) * at(left, top + 1) + u * at(left + 1, top + 1));
  });
  return normaliseKernel({ side: newSide, values: result });
}

/** Side of the smallest centred square of odd side that holds all but `share` of the weight. */
export function supportSide({ side, values }: SquareKernel, share: number): number {
  const middle = side >> 1;
  const rings = new Float64Array(middle + 1);
  values.forEach((value, i) => {
    const ring = Math.max(Math.abs((i % side) - middle), Math.abs(Math.floor(i / side) - middle));
    rings[ring]! += value;
  });
  let outside = 0;
  const total = rings.reduce((sum, value) => sum + value, 0);
  let radius = middle;
  while (radius > 0 && outside + rings[radius]! <= share * total) outside += rings[radius--]!;
  return 2 * radius + 1;
}
