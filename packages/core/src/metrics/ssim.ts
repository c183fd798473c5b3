import { InvalidArgumentError } from '../errors/index.ts';
import type { PixelImage } from '../image/pixel-image.ts';
import { checkPair } from './check-pair.ts';
import { gaussianWindow } from './gaussian-window.ts';
import { createRowLoader } from './row-loader.ts';
import { meanSimilarity } from './similarity-map.ts';
import type { SimilarityWindow } from './similarity-map.ts';

/**
 * Which of the definitions in use is meant; they differ by up to 0.2 on one pair, so a figure needs its name.
 * - `wang`: Gaussian window 11×11, σ 1.5, population covariance, only places where the window fits, mean of the channels
 *   (Wang et al. 2004 applied to each channel; scikit-image with `gaussian_weights=True, sigma=1.5,
 *   use_sample_covariance=False`)
 * - `wang-luma`: the same on the luma Y' = 0.299 R' + 0.587 G' + 0.114 B' of the values as stored
 * - `skimage-default`: uniform window 7×7, sample covariance, only places where the window fits, mean of the channels
 *   (scikit-image without options)
 * - `matlab-rgb`: Gaussian window 11×11×11, σ 1.5, across channels too, edges repeated, every place counted (MATLAB's
 *   `ssim` on an RGB array, which tables of the GoPro set use)
 */
export type SsimVariant = 'wang' | 'wang-luma' | 'skimage-default' | 'matlab-rgb';

/** Options of `ssim`. */
export interface SsimOptions {
  /** Default `wang`. */
  readonly variant?: SsimVariant;
  /** Pixels cut from each edge before anything is computed. Default 0. */
  readonly crop?: number;
}

/** Three planes filtered along the channel axis with edges repeated: what each output channel takes of each input channel. */
function channelMixing(weights: Float64Array): number[][] {
  const radius = (weights.length - 1) / 2;
  return [0, 1, 2].map((output) => {
    const row = [0, 0, 0];
    weights.forEach((weight, i) => {
      const input = Math.min(Math.max(output + i - radius, 0), 2);
      row[input] = row[input]! + weight;
    });
    return row;
  });
}

function windowOf(variant: SsimVariant, channels: 1 | 3): SimilarityWindow {
  if (variant === 'skimage-default') return { weights: new Float64Array(7).fill(1 / 7), covarianceFactor: 49 / 48, edges: 'valid' };
  const weights = gaussianWindow(5, 1.5);
  if (variant !== 'matlab-rgb') return { weights, covarianceFactor: 1, edges: 'valid' };
  return { weights, covarianceFactor: 1, edges: 'repeat', ...(channels === 3 && { mixing: channelMixing(weights) }) };
}

const variants: readonly string[] = ['wang', 'wang-luma', 'skimage-default', 'matlab-rgb'] satisfies SsimVariant[];

/**
 * Mean structural similarity, 1 for identical pictures (Wang, Bovik, Sheikh, Simoncelli 2004; K₁ 0.01, K₂ 0.03, L 1),
 * of the values as stored (sRGB or linear), scaled to [0,1]. Alpha is ignored, float values are not clipped. Grey pictures
 * are accepted by every variant.
 *
 * @throws InvalidArgumentError if sizes, channels or transfer differ, an option is not usable, a sample is not finite, or the
 *   cropped picture is smaller than the window (11, or 7 for `skimage-default`; `matlab-rgb` takes any size)
 */
export function ssim(a: PixelImage, b: PixelImage, options: SsimOptions = {}): number {
  const { variant = 'wang', crop = 0 } = options;
  if (!variants.includes(variant)) {
    throw new InvalidArgumentError(`variant is ${String(variant)}; it must be one of ${variants.join(', ')}.`);
  }
  const luma = variant === 'wang-luma' && a.channels === 3;
  const channels = luma ? 1 : a.channels;
  const window = windowOf(variant, channels);
  checkPair(a, b, crop, window.edges === 'valid' ? window.weights.length : 1);
  const result = meanSimilarity(
    {
      width: a.width - 2 * crop,
      height: a.height - 2 * crop,
      channels,
      first: createRowLoader(a, crop, luma),
      second: createRowLoader(b, crop, luma),
    },
    window,
  );
  if (!Number.isFinite(result)) throw new InvalidArgumentError('The images cannot be compared: a sample is NaN or infinite.');
  return result;
}
