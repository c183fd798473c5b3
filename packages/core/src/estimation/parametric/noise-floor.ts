import type { AverageSpectrum } from './average-spectrum.ts';

/** Side of the blocks of frequencies that are averaged, and the share of blocks with less power than the floor. */
const block = 6;
const quantile = 0.05;

/** The least power a spectrum keeps up: at the zeros of blur and beyond the scene only noise is left. A variance. */
export function noiseFloor({ side, power }: AverageSpectrum): number {
  const columns = side / 2 + 1;
  const means: number[] = [];
  for (let top = 1; top + block < side; top += block) {
    for (let left = 1; left + block < columns; left += block) {
      if (Math.hypot(left, top - side / 2) < side / 16) continue;
      let sum = 0;
      for (let y = top; y < top + block; y++) for (let x = left; x < left + block; x++) sum += power[y * columns + x]!;
      means.push(sum / block ** 2);
    }
  }
  return means.sort((a, b) => a - b)[Math.floor(means.length * quantile)]!;
}
