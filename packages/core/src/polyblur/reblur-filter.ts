import { copyPatch } from '../blur/boundary.ts';
import { psfTransfer } from '../blur/psf-transfer.ts';
import { createFft2d, goodSize } from '../fft/index.ts';
import type { Plane, Spectrum } from '../fft/index.ts';
import type { PlaneSize } from '../deconvolution/plane-size.ts';
import { mildBlurPsf, mildBlurRadius } from './mild-blur.ts';
import type { MildBlur } from './mild-blur.ts';
import type { ReblurOptions } from './polyblur-options.ts';

/** Applies p(k), a filter that roughly undoes a mild blur k, to planes of one size. */
export interface ReblurFilter {
  /** Variance of what the filter changes in white noise of variance 1. */
  readonly noiseGain: number;
  /** The plane, mirrored at its edges, filtered. */
  apply(values: Float32Array): Float32Array;
  dispose(): void;
}

/** Pixels from which the filter gathers, to either side: 8σ, that is 4.6 standard deviations of the blur applied three times. */
export function reblurReach(blur: MildBlur): number {
  return 2 * mildBlurRadius(blur);
}

/**
 * p(k) = a₃k³ + a₂k² + a₁k + β with a₃ = α/2 − β + 2, a₂ = 3β − α − 6, a₁ = 5 − 3β + α/2: the cubic that agrees with 1/k in value and
 * slope at k = 1 (Delbracio et al. 2021, eq. 24), applied in the Fourier domain.
 */
export async function createReblurFilter(
  size: PlaneSize, blur: MildBlur, { alpha, beta }: Required<Pick<ReblurOptions, 'alpha' | 'beta'>>,
): Promise<ReblurFilter> {
  const reach = reblurReach(blur);
  const fft = await createFft2d({ width: goodSize(size.width + 2 * reach), height: goodSize(size.height + 2 * reach) });
  const transfer: Spectrum = psfTransfer(fft, mildBlurPsf(blur));
  const filter = fft.createSpectrum();
  for (const coefficient of [alpha / 2 - beta + 2, 3 * beta - alpha - 6, 5 - 3 * beta + alpha / 2, beta]) {
    fft.multiply(filter, transfer, filter);
    addConstant(filter, coefficient);
  }

  function addConstant(target: Spectrum, value: number): void {
    const constant = fft.createSpectrum();
    fft.fill(constant, value);
    fft.combine(target, 1, constant, 1, target);
    constant.dispose();
  }

  const plane: Plane = fft.createPlane();
  plane.data[0] = 1;
  fft.filter(plane, filter, plane);
  plane.data[0]! -= 1;
  const noiseGain = plane.data.reduce((sum, value) => sum + value * value, 0);

  return {
    noiseGain,
    apply(values) {
      const { width, height } = size;
      copyPatch(values, width, height, 'reflect', -reach, -reach, width + 2 * reach, height + 2 * reach, plane.data.fill(0), fft.width);
      fft.filter(plane, filter, plane);
      const { data } = plane;
      const result = new Float32Array(width * height);
      for (let y = 0; y < height; y++) {
        const from = (y + reach) * fft.width + reach;
        result.set(data.subarray(from, from + width), y * width);
      }
      return result;
    },
    dispose: () => fft.dispose(),
  };
}
