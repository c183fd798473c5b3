import { InvalidArgumentError } from '../errors/index.ts';
import type { SampleArray } from './pixel-image.ts';
import { sampleMaximum, sampleTypeOf } from './samples.ts';

/** The full picture that rows belong to, and how much smaller the working scale is. */
export interface RowResamplingOptions {
  /** Pixels per full row. */
  readonly width: number;
  /** Full rows. */
  readonly height: number;
  readonly channels: 1 | 3;
  /** Full pixels per reduced pixel along each axis: 2 for scale 1/2, 3 for 1/3, 4 for 1/4. */
  readonly factor: 2 | 3 | 4;
}

/** Makes a picture smaller while its rows pass by. */
export interface RowReducer {
  /** Pixels per reduced row: ⌈width / factor⌉. */
  readonly width: number;
  /** Reduced rows: ⌈height / factor⌉. */
  readonly height: number;
  /**
   * Takes the next full rows (H×W×C, any whole number of them, any sample type) and returns the reduced rows they
   * complete, as floats [0,1]; an empty array if none. The last full row completes the last reduced row.
   *
   * @throws InvalidArgumentError if the samples are not whole rows or more rows come than the picture has
   */
  push(rows: SampleArray): Float32Array;
}

/** @throws InvalidArgumentError naming the option that is not usable */
export function checkRowResampling({ width, height, channels, factor }: RowResamplingOptions): void {
  const fail = (name: string, value: unknown, allowed: string): never => {
    throw new InvalidArgumentError(`${name} is ${String(value)}; it must be ${allowed}.`);
  };
  if (!Number.isSafeInteger(width) || width < 1) fail('width', width, 'a whole number ≥ 1');
  if (!Number.isSafeInteger(height) || height < 1) fail('height', height, 'a whole number ≥ 1');
  if ((channels as number) !== 1 && (channels as number) !== 3) fail('channels', channels, '1 or 3');
  if (![2, 3, 4].includes(factor)) fail('factor', factor, '2, 3 or 4');
}

/** How many rows `samples` are. @throws InvalidArgumentError unless whole and at most `left` */
export function countRows(samples: number, stride: number, left: number): number {
  const rows = samples / stride;
  if (!Number.isInteger(rows)) {
    throw new InvalidArgumentError(`${samples} samples are not whole rows of ${stride} samples.`);
  }
  if (rows > left) throw new InvalidArgumentError(`${rows} rows were pushed, but only ${left} are left of the picture.`);
  return rows;
}

/**
 * Streaming reduction by area averaging: each reduced pixel is the mean of factor × factor pixels, so that its centre
 * lies at factor·i + (factor − 1)/2. Where the size is no multiple of the factor, the last column and row are repeated.
 * Averages are taken over the values as stored, in the picture's own transfer, since that is where networks work and
 * where the residual is added. Holds one row of sums, whatever the height; results do not depend on how rows are grouped.
 *
 * @throws InvalidArgumentError if an option is not usable
 */
export function createRowReducer(options: RowResamplingOptions): RowReducer {
  checkRowResampling(options);
  const { width, height, channels, factor } = options;
  const stride = width * channels;
  const reducedWidth = Math.ceil(width / factor);
  const reducedHeight = Math.ceil(height / factor);
  const reducedStride = reducedWidth * channels;
  const whole = Math.floor(width / factor);
  const sums = new Float64Array(reducedStride);
  let seen = 0;
  let emitted = 0;

  function addRow(rows: SampleArray, start: number, weight: number): void {
    let from = start;
    let to = 0;
    for (let i = 0; i < whole; i++) {
      for (let c = 0; c < channels; c++, from++, to++) {
        let sum = rows[from]! + rows[from + channels]!;
        for (let k = 2; k < factor; k++) sum += rows[from + k * channels]!;
        sums[to] = sums[to]! + weight * sum;
      }
      from += (factor - 1) * channels;
    }
    if (whole === reducedWidth) return;
    const present = width - whole * factor;
    const last = start + stride - channels;
    for (let c = 0; c < channels; c++, to++) {
      let sum = (factor - present) * rows[last + c]!;
      for (let k = 0; k < present; k++) sum += rows[from + k * channels + c]!;
      sums[to] = sums[to]! + weight * sum;
    }
  }

  return {
    width: reducedWidth,
    height: reducedHeight,
    push(rows) {
      const count = countRows(rows.length, stride, height - seen);
      const end = seen + count;
      const complete = end === height ? reducedHeight : Math.floor(end / factor);
      const result = new Float32Array((complete - emitted) * reducedStride);
      const area = sampleMaximum(sampleTypeOf(rows)) * factor * factor;
      let to = 0;
      for (let row = 0; row < count; row++) {
        seen++;
        const missing = seen === height ? reducedHeight * factor - height : 0;
        addRow(rows, row * stride, 1 + missing);
        if (seen % factor !== 0 && seen !== height) continue;
        for (let i = 0; i < reducedStride; i++) result[to++] = sums[i]! / area;
        sums.fill(0);
        emitted++;
      }
      return result;
    },
  };
}
