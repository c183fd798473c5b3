import { InvalidArgumentError } from '../errors/index.ts';
import { checkRowResampling, countRows } from './row-reducer.ts';
import type { RowResamplingOptions } from './row-reducer.ts';

/** How values between reduced pixels are found: two-point linear, or four-point cubic (Keys 1981, a = −½: Catmull–Rom). */
export type EnlargementKernel = 'bilinear' | 'bicubic';

/** The full picture to make, and how to interpolate. */
export interface RowEnlargerOptions extends RowResamplingOptions {
  /** Default `bicubic`. */
  readonly kernel?: EnlargementKernel;
}

/** Makes a picture larger while its rows pass by. */
export interface RowEnlarger {
  /** Pixels per full row. */
  readonly width: number;
  /** Full rows. */
  readonly height: number;
  /**
   * Takes the next reduced rows (⌈width / factor⌉ pixels each, any whole number of rows, any values) and returns the full
   * rows that are certain now, in order; an empty array if none. The last reduced row completes the picture.
   *
   * @throws InvalidArgumentError if the samples are not whole rows or more rows come than the reduced picture has
   */
  push(rows: Float32Array): Float32Array;
}

/** Taps at distances −1, 0, 1, 2 from the reduced pixel at or before the wanted place, which lies `t` ∈ [0,1) after it. */
function weightsAt(t: number, kernel: EnlargementKernel): readonly [number, number, number, number] {
  if (kernel === 'bilinear') return [0, 1 - t, t, 0];
  return [
    ((2 - t) * t - 1) * t * 0.5,
    ((3 * t - 5) * t * t + 2) * 0.5,
    ((4 - 3 * t) * t + 1) * t * 0.5,
    (t - 1) * t * t * 0.5,
  ];
}

/**
 * Streaming enlargement, in phase with `createRowReducer`: reduced pixel i is centred at factor·i + (factor − 1)/2 of the
 * full picture, and edges are repeated. It is linear and gives constants back exactly and, away from the edges, linear
 * ramps; so `x + enlarge(restore(reduce(x)) − reduce(x))` adds what was restored and nothing else.
 * A full row appears as soon as the reduced rows of its taps are there: two after its own for bicubic, one for bilinear.
 * Holds four full-width rows, whatever the height; results do not depend on how rows are grouped.
 *
 * @throws InvalidArgumentError if an option is not usable
 */
export function createRowEnlarger(options: RowEnlargerOptions): RowEnlarger {
  checkRowResampling(options);
  const { width, height, channels, factor, kernel = 'bicubic' } = options;
  if (kernel !== 'bicubic' && kernel !== 'bilinear') {
    throw new InvalidArgumentError(`kernel is ${String(kernel)}; it must be 'bicubic' or 'bilinear'.`);
  }
  const reducedWidth = Math.ceil(width / factor);
  const reducedHeight = Math.ceil(height / factor);
  const stride = width * channels;
  const reducedStride = reducedWidth * channels;
  const reach = kernel === 'bicubic' ? 2 : 1;
  const phases = Array.from({ length: factor }, (_, phase) => {
    const place = (phase + 0.5) / factor - 0.5;
    const base = Math.floor(place);
    return { base, weights: weightsAt(place - base, kernel) };
  });
  const ring = Array.from({ length: 4 }, () => new Float32Array(stride));
  const padded = new Float32Array(reducedStride + 4 * channels);
  let seen = 0;
  let emitted = 0;

  /** Enlarges one reduced row along x into its place in the ring. */
  function widen(rows: Float32Array, start: number, target: Float32Array): void {
    padded.set(rows.subarray(start, start + reducedStride), 2 * channels);
    for (let c = 0; c < channels; c++) {
      padded[c] = padded[channels + c] = padded[2 * channels + c]!;
      const end = reducedStride + 2 * channels + c;
      padded[end] = padded[end + channels] = padded[end - channels]!;
    }
    for (let phase = 0; phase < factor; phase++) {
      const { base, weights } = phases[phase]!;
      const [a, b, c, d] = weights;
      const step = factor * channels;
      for (let channel = 0; channel < channels; channel++) {
        let from = (base + 1) * channels + channel;
        for (let to = phase * channels + channel; to < stride; to += step, from += channels) {
          target[to] =
            a * padded[from]! + b * padded[from + channels]! + c * padded[from + 2 * channels]! + d * padded[from + 3 * channels]!;
        }
      }
    }
  }

  const reducedRow = (index: number): Float32Array => ring[Math.min(Math.max(index, 0), reducedHeight - 1) % 4]!;

  /** The full row `y` from the ring. */
  function blend(y: number, result: Float32Array, to: number): void {
    const { base, weights } = phases[y % factor]!;
    const [a, b, c, d] = weights;
    const centre = Math.floor(y / factor) + base;
    const second = reducedRow(centre);
    const third = reducedRow(centre + 1);
    if (kernel === 'bilinear') {
      for (let i = 0; i < stride; i++) result[to + i] = b * second[i]! + c * third[i]!;
      return;
    }
    const first = reducedRow(centre - 1);
    const fourth = reducedRow(centre + 2);
    for (let i = 0; i < stride; i++) result[to + i] = a * first[i]! + b * second[i]! + c * third[i]! + d * fourth[i]!;
  }

  /** How many full rows are certain once `rows` reduced rows are there. */
  function certain(rows: number): number {
    if (rows === reducedHeight) return height;
    let y = Math.max(0, (rows - reach - 1) * factor);
    while (y < height && Math.floor(y / factor) + phases[y % factor]!.base + reach < rows) y++;
    return y;
  }

  return {
    width,
    height,
    push(rows) {
      const count = countRows(rows.length, reducedStride, reducedHeight - seen);
      const result = new Float32Array((certain(seen + count) - emitted) * stride);
      let to = 0;
      for (let row = 0; row < count; row++) {
        widen(rows, row * reducedStride, ring[seen % 4]!);
        seen++;
        for (const end = certain(seen); emitted < end; emitted++, to += stride) blend(emitted, result, to);
      }
      return result;
    },
  };
}
