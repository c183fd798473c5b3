import { InvalidArgumentError } from '../errors/invalid-argument-error.ts';
import { toFloatPlanes } from '../blur/float-planes.ts';
import type { PixelImage, Transfer } from '../image/pixel-image.ts';
import type { PlaneSize } from './plane-size.ts';

/**
 * How to condense the response of the noise filter: `median` of its magnitude, which edges hardly move, or its `mean`, as
 * Immerkær has it.
 */
export type NoiseStatistic = 'median' | 'mean';

/** Options of `estimateNoise`. */
export interface EstimateNoiseOptions {
  /** Default `median`. */
  readonly statistic?: NoiseStatistic;
  /** Space in which the noise is measured. Default: that of the picture. */
  readonly space?: Transfer;
}

/** √2 · erf⁻¹(½): median magnitude of a normal variable of variance 1. */
const normalMedian = 0.6744897501960817;

/**
 * The value that half of the values, rounded down, lie below, for values ≥ 0. Such floats are in the order of their bits, so counting
 * the upper halves of these, then the lower halves within the one that holds the median, finds it without sorting.
 */
function upperMedian(values: Float32Array): number {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  let rank = values.length >> 1;
  const find = (counts: Uint32Array): number => {
    let place = 0;
    while (rank >= counts[place]!) rank -= counts[place++]!;
    return place;
  };
  const counts = new Uint32Array(0x10000);
  for (let i = 0; i < bits.length; i++) counts[bits[i]! >>> 16]!++;
  const upper = find(counts);
  counts.fill(0);
  for (let i = 0; i < bits.length; i++) if (bits[i]! >>> 16 === upper) counts[bits[i]! & 0xffff]!++;
  return new Float32Array(Uint32Array.of(((upper << 16) | find(counts)) >>> 0).buffer)[0]!;
}

/**
 * Standard deviation of the noise of one plane. Pixels at 0 or below and at 1 or above, where noise was clipped away, are left out;
 * planes without a 3×3 neighbourhood give 0.
 */
export function estimatePlaneNoise(values: Float32Array, { width, height }: PlaneSize, statistic: NoiseStatistic = 'median'): number {
  if (width < 3 || height < 3) return 0;
  const magnitudes = new Float32Array((width - 2) * (height - 2));
  let count = 0;
  let sum = 0;
  for (let y = 1; y < height - 1; y++) {
    for (let i = y * width + 1; i < (y + 1) * width - 1; i++) {
      const here = values[i]!;
      if (here <= 0 || here >= 1) continue;
      const [above, below] = [i - width, i + width];
      const corners = values[above - 1]! + values[above + 1]! + values[below - 1]! + values[below + 1]!;
      const sides = values[above]! + values[below]! + values[i - 1]! + values[i + 1]!;
      const magnitude = Math.abs(corners - 2 * sides + 4 * here);
      magnitudes[count++] = magnitude;
      sum += magnitude;
    }
  }
  if (count === 0) return 0;
  if (statistic === 'mean') return (Math.sqrt(Math.PI / 2) / 6) * (sum / count);
  return upperMedian(magnitudes.subarray(0, count)) / normalMedian / 6;
}

/** Root mean square of the noise of several planes. */
export function estimatePlanesNoise(planes: readonly Float32Array[], size: PlaneSize, statistic?: NoiseStatistic): number {
  const variances = planes.map((plane) => estimatePlaneNoise(plane, size, statistic) ** 2);
  return Math.sqrt(variances.reduce((sum, variance) => sum + variance, 0) / planes.length);
}

/**
 * Standard deviation of the noise of a picture, assumed normal and equal everywhere, as a share of full scale. The picture is filtered
 * with the difference of two Laplacians, which responds to noise 6 times as strong and hardly to structure (Immerkær, "Fast noise
 * variance estimation", 1996). Fine texture counts as noise, so sharp pictures give too much; blurred ones are measured well.
 *
 * @returns root mean square over the channels, ≥ 0
 * @throws InvalidArgumentError for a bad picture or option
 */
export function estimateNoise(image: PixelImage, options: EstimateNoiseOptions = {}): number {
  const { statistic = 'median', space = image.transfer } = options;
  if (statistic !== 'median' && statistic !== 'mean') {
    throw new InvalidArgumentError(`The statistic must be median or mean, not "${String(statistic)}".`);
  }
  const { planes, ...size } = toFloatPlanes(image, space);
  return estimatePlanesNoise(planes, size, statistic);
}
