import { InvalidArgumentError } from '../errors/index.ts';
import type { PixelImage } from '../image/pixel-image.ts';
import { checkPair } from './check-pair.ts';
import { gaussianWindow } from './gaussian-window.ts';
import { createRowLoader } from './row-loader.ts';
import type { RowLoader } from './row-loader.ts';
import { channelSimilarity } from './similarity-map.ts';
import type { SimilarityPair, SimilarityWindow } from './similarity-map.ts';

/** Options of `msSsim`. */
export interface MsSsimOptions {
  /** `wang`: each channel by itself, then their mean; `wang-luma`: on the luma, as in `ssim`. Default `wang`. */
  readonly variant?: 'wang' | 'wang-luma';
  /** Pixels cut from each edge before anything is computed. Default 0. */
  readonly crop?: number;
}

/** Exponents from the finest scale to the coarsest, found by Wang et al. with observers. */
const exponents = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333] as const;
const radius = 5;
/** The window must fit into the coarsest scale. */
const leastSide = (2 * radius + 1) * 2 ** (exponents.length - 1);

/** Means of 2×2 pixels; the last row or column of an odd side is repeated. */
function halve(load: RowLoader, width: number, height: number, channels: number): RowLoader {
  const columns = Math.ceil(width / 2);
  const rows = Math.ceil(height / 2);
  const upper = new Float64Array(width * channels);
  const lower = new Float64Array(width * channels);
  const values = new Float64Array(columns * rows * channels);
  for (let y = 0, to = 0; y < rows; y++) {
    load(2 * y, upper, 0);
    load(Math.min(2 * y + 1, height - 1), lower, 0);
    for (let x = 0; x < columns; x++) {
      const left = 2 * x * channels;
      const right = Math.min(2 * x + 1, width - 1) * channels;
      for (let c = 0; c < channels; c++, to++) {
        values[to] = (upper[left + c]! + upper[right + c]! + lower[left + c]! + lower[right + c]!) / 4;
      }
    }
  }
  const length = columns * channels;
  return (y, target, start) => target.set(values.subarray(y * length, (y + 1) * length), start);
}

function halvePair({ width, height, channels, first, second }: SimilarityPair): SimilarityPair {
  return {
    width: Math.ceil(width / 2),
    height: Math.ceil(height / 2),
    channels,
    first: halve(first, width, height, channels),
    second: halve(second, width, height, channels),
  };
}

/**
 * Multi-scale structural similarity, 1 for identical pictures (Wang, Simoncelli, Bovik 2003): five scales with the exponents
 * 0.0448, 0.2856, 0.3001, 0.2363, 0.1333; the factor of contrast and structure at each, the luminance at the coarsest only;
 * window, constants and value range as `ssim`'s `wang`. From scale to scale means of 2×2 pixels are taken, the last row or
 * column of an odd side repeated. A negative factor counts as 0. Channels are multiplied out one by one, then averaged.
 * Equals `ms_ssim` of pytorch-msssim where both sides are multiples of 16, and TensorFlow's definition (`ssim_multiscale`) otherwise.
 * Alpha is ignored, float values are not clipped.
 *
 * @throws InvalidArgumentError if sizes, channels or transfer differ, an option is not usable, a sample is not finite, or the
 *   cropped picture is smaller than 176 pixels on a side
 */
export function msSsim(a: PixelImage, b: PixelImage, options: MsSsimOptions = {}): number {
  const { variant = 'wang', crop = 0 } = options;
  if (variant !== 'wang' && variant !== 'wang-luma') {
    throw new InvalidArgumentError(`variant is ${String(variant)}; it must be wang or wang-luma.`);
  }
  checkPair(a, b, crop, leastSide);
  const luma = variant === 'wang-luma' && a.channels === 3;
  const channels = luma ? 1 : a.channels;
  let pair: SimilarityPair = {
    width: a.width - 2 * crop,
    height: a.height - 2 * crop,
    channels,
    first: createRowLoader(a, crop, luma),
    second: createRowLoader(b, crop, luma),
  };
  const window: SimilarityWindow = { weights: gaussianWindow(radius, 1.5), covarianceFactor: 1, edges: 'valid' };
  const products = new Float64Array(channels).fill(1);
  exponents.forEach((exponent, scale) => {
    if (scale > 0) pair = halvePair(pair);
    const { similarity, contrast } = channelSimilarity(pair, window);
    const factors = scale === exponents.length - 1 ? similarity : contrast;
    factors.forEach((factor, channel) => (products[channel]! *= Math.max(0, factor) ** exponent));
  });
  const result = products.reduce((sum, product) => sum + product, 0) / channels;
  if (!Number.isFinite(result)) throw new InvalidArgumentError('The images cannot be compared: a sample is NaN or infinite.');
  return result;
}
