import type { Pass } from '../passes.ts';
import type { SpectrumLayout } from '../spectrum-layout.ts';
import { transform } from './transform.ts';

/** Work space of the transforms in TypeScript. */
export interface WorkSpace {
  /** The longer side × 8 floats. */
  readonly sequence: Float32Array;
  /** Each as long as `sequence`. */
  readonly spares: readonly [Float32Array, Float32Array];
}

/** Splits the transform of the row pair in one lane into the half spectra of rows y and y + 1. */
function splitPair(layout: SpectrumLayout, sequence: Float32Array, lane: number, spectrum: Float32Array, y: number): void {
  const { width, frequencies, blockLength } = layout;
  for (let k = 0; k < frequencies; k++) {
    const z = k * 8 + lane;
    const mirror = (k === 0 ? 0 : width - k) * 8 + lane;
    const zr = sequence[z]!, zi = sequence[z + 4]!, mr = sequence[mirror]!, mi = sequence[mirror + 4]!;
    const at = (k >> 2) * blockLength + y * 8 + (k & 3);
    spectrum[at] = (zr + mr) / 2;
    spectrum[at + 4] = (zi - mi) / 2;
    spectrum[at + 8] = (zi + mi) / 2;
    spectrum[at + 12] = (mr - zr) / 2;
  }
}

/** Inverse of `splitPair` with the sequence index mirrored; the rows of the spectrum begin at `even` and `odd` of each block. */
function joinPair(
  layout: SpectrumLayout, spectrum: Float32Array, even: number, odd: number, sequence: Float32Array, lane: number,
): void {
  const { width, frequencies, blockLength } = layout;
  for (let k = 0; k < frequencies; k++) {
    const at = (k >> 2) * blockLength + (k & 3);
    const er = spectrum[at + even]!, ei = spectrum[at + even + 4]!, or = spectrum[at + odd]!, oi = spectrum[at + odd + 4]!;
    const z = k * 8 + lane;
    if (k === 0 || k * 2 === width) {
      sequence[z] = er;
      sequence[z + 4] = or;
      continue;
    }
    const mirror = (width - k) * 8 + lane;
    sequence[mirror] = er - oi;
    sequence[mirror + 4] = ei + or;
    sequence[z] = er + oi;
    sequence[z + 4] = or - ei;
  }
}

/** Half spectra of all rows of a plane: pairs of rows as one complex sequence, four pairs at once. */
export function forwardRows(
  layout: SpectrumLayout, plan: readonly Pass[], plane: Float32Array, spectrum: Float32Array, { sequence, spares }: WorkSpace,
): void {
  const { width, height } = layout;
  for (let y = 0; y < height; y += 8) {
    for (let row = 0; row < 8; row++) {
      const from = Math.min(y + row, height - 1) * width;
      const to = (row >> 1) + 4 * (row & 1);
      for (let x = 0; x < width; x++) sequence[x * 8 + to] = plane[from + x]!;
    }
    transform(plan, width, sequence, 0, sequence, 0, spares);
    for (let lane = 0; lane < 4; lane++) splitPair(layout, sequence, lane, spectrum, y + 2 * lane);
  }
}

/** Inverse of `forwardRows` on a spectrum whose columns were transformed forward twice; divides by width × height. */
export function inverseRows(
  layout: SpectrumLayout, plan: readonly Pass[], spectrum: Float32Array, plane: Float32Array, { sequence, spares }: WorkSpace,
): void {
  const { width, height } = layout;
  const scale = 1 / (width * height);
  const mirrored = (y: number): number => ((height - Math.min(y, height - 1)) % height) * 8;
  for (let y = 0; y < height; y += 8) {
    for (let lane = 0; lane < 4; lane++) {
      joinPair(layout, spectrum, mirrored(y + 2 * lane), mirrored(y + 2 * lane + 1), sequence, lane);
    }
    transform(plan, width, sequence, 0, sequence, 0, spares);
    for (let row = 0; row < 8 && y + row < height; row++) {
      const to = (y + row) * width;
      const from = (row >> 1) + 4 * (row & 1);
      for (let x = 0; x < width; x++) plane[to + x] = scale * sequence[x * 8 + from]!;
    }
  }
}
