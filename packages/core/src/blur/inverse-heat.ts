import { AbortedError } from '../errors/aborted-error.ts';
import { InvalidArgumentError } from '../errors/invalid-argument-error.ts';
import { createFft2d, goodSize } from '../fft/index.ts';
import type { Fft2d, Spectrum } from '../fft/index.ts';
import type { PixelImage } from '../image/pixel-image.ts';
import { sampleTypeOf } from '../image/samples.ts';
import { copyPatch } from './boundary.ts';
import { fromFloatPlanes, toFloatPlanes } from './float-planes.ts';
import { planHeatSteps } from './heat-blur.ts';
import type { HeatBlurOptions } from './heat-blur.ts';

/** Options of `inverseHeat`. */
export interface InverseHeatOptions extends HeatBlurOptions {
  /**
   * Weight of the squared gradient against the squared error of the picture, above 0, at most 10. Larger for noisier pictures.
   * Default 0.01, for a noise of about 1 % of full scale; 0.001 suits 0.3 %, 0.1 suits 3 %.
   */
  readonly regularisation?: number;
  readonly signal?: AbortSignal;
}

const largestTile = 1536;

/** Transfer function of the inverse: g / (g² + weight·l), l that of the negative Laplacian and g = (1 − τl)^count. */
function inverseTransfer(fft: Fft2d, count: number, timeStep: number, weight: number): Spectrum {
  const spectrum = fft.createSpectrum();
  const axis = (length: number): Float64Array =>
    Float64Array.from({ length }, (_, frequency) => 2 - 2 * Math.cos((2 * Math.PI * frequency) / length));
  const across = axis(fft.width);
  const down = axis(fft.height);
  const values = new Float32Array(spectrum.width * spectrum.height * 2);
  for (let y = 0, i = 0; y < spectrum.height; y++) {
    for (let x = 0; x < spectrum.width; x++, i += 2) {
      const laplacian = across[x]! + down[y]!;
      const spread = (1 - timeStep * laplacian) ** count;
      values[i] = laplacian === 0 ? 1 : spread / (spread * spread + weight * laplacian);
    }
  }
  spectrum.load(values);
  return spectrum;
}

/** Tiles whose patches, with a margin on both sides, all fit one transform. */
function planAxis(length: number, margin: number): { step: number; side: number } {
  const count = Math.ceil(length / Math.max(largestTile - 2 * margin, 4 * margin));
  const step = Math.ceil(length / count);
  return { step, side: goodSize(step + 2 * margin) };
}

/**
 * Undoes `heatBlur` of the same options (or a Gaussian blur of that sigma) as far as noise allows: the picture x that minimises
 * ‖Hx − y‖² + λ‖∇x‖², where H are the steps of the heat equation and λ is `regularisation`. Running the heat equation backwards
 * without the second term would blow up any noise without limit. Solved by Fourier transforms over tiles with a mirrored margin.
 * Alpha is kept as it is. Values may leave [0,1]; integer results are clamped.
 *
 * @throws InvalidArgumentError for a bad picture or options out of range; AbortedError
 */
export async function inverseHeat(image: PixelImage, options: InverseHeatOptions): Promise<PixelImage> {
  const { sigma, regularisation = 0.01, space = 'linear', type = sampleTypeOf(image.data), signal } = options;
  const { count, timeStep } = planHeatSteps(options);
  if (!(regularisation > 0 && regularisation <= 10)) {
    throw new InvalidArgumentError(`The regularisation must be above 0 and at most 10, not ${regularisation}.`);
  }
  const picture = toFloatPlanes(image, space);
  const { width, height } = picture;
  const margin = Math.ceil(16 + 8 * sigma);
  const across = planAxis(width, margin);
  const down = planAxis(height, margin);
  const fft = await createFft2d({ width: across.side, height: down.side });
  const transfer = inverseTransfer(fft, count, timeStep, regularisation);
  const plane = fft.createPlane();
  const planes = picture.planes.map((source) => {
    const result = new Float32Array(source.length);
    for (let y = 0; y < height; y += down.step) {
      for (let x = 0; x < width; x += across.step) {
        AbortedError.throwIfAborted(signal);
        copyPatch(source, width, height, 'reflect', x - margin, y - margin, fft.width, fft.height, plane.data, fft.width);
        fft.filter(plane, transfer, plane);
        const columns = Math.min(across.step, width - x);
        for (let row = 0; row < Math.min(down.step, height - y); row++) {
          const from = (margin + row) * fft.width + margin;
          result.set(plane.data.subarray(from, from + columns), (y + row) * width + x);
        }
      }
    }
    return result;
  });
  fft.dispose();
  return fromFloatPlanes({ width, height, planes }, image, space, type);
}
