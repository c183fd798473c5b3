import { psfTransfer } from '../blur/psf-transfer.ts';
import type { Psf } from '../blur/psf.ts';
import { validatePsf } from '../blur/validate-psf.ts';
import { InvalidArgumentError } from '../errors/invalid-argument-error.ts';
import { createFft2d, goodSize } from '../fft/index.ts';
import type { Fft2d, Fft2dOptions, Plane, Spectrum } from '../fft/index.ts';
import { edgetaper } from './edgetaper.ts';
import type { PlaneSize } from './plane-size.ts';
import { wrapBoundary } from './wrap-boundary.ts';

/**
 * What is taken to lie beyond the edges of a picture:
 * - `wrap`: a smooth continuation that closes on a torus (`wrapBoundary`)
 * - `edgetaper`: the picture again, after its edges were blended into each other (`edgetaper`)
 * - `periodic`: the picture again, as it is; only for sizes that `goodSize` gives
 */
export type DeconvolutionBoundary = 'wrap' | 'edgetaper' | 'periodic';

/** What a plan is for. */
export interface DeconvolutionPlanOptions extends PlaneSize {
  readonly psf: Psf;
  /** Default `wrap`. */
  readonly boundary?: DeconvolutionBoundary;
  /** Of the Fourier transform. Default `auto`. */
  readonly implementation?: Fft2dOptions['implementation'];
}

/** A PSF and planes of one size on a torus, ready for the methods. */
export interface DeconvolutionPlan extends PlaneSize {
  /** Transforms of the size of the torus. */
  readonly fft: Fft2d;
  /** Transfer function of the PSF. */
  readonly transfer: Spectrum;
  /** Puts `height × width` observed values on the torus. */
  load(values: Float32Array, target: Plane): Promise<void>;
  /** Copies the `height × width` values of the picture on a torus. Default of `target`: a new array. */
  crop(source: Plane, target?: Float32Array): Float32Array;
  /** Frees all memory. */
  dispose(): void;
}

/** Least number of pixels that join opposite edges. */
const shortestJoin = 16;

/** @throws InvalidArgumentError for a bad PSF, boundary or size, or a PSF larger than the planes; OutOfMemoryError */
export async function createDeconvolutionPlan(options: DeconvolutionPlanOptions): Promise<DeconvolutionPlan> {
  const { width, height, psf, boundary = 'wrap', implementation = 'auto' } = options;
  validatePsf(psf);
  if (psf.width > width || psf.height > height) {
    throw new InvalidArgumentError(
      `The PSF of ${psf.width}×${psf.height} is larger than the picture of ${width}×${height}; crop or reduce the PSF.`,
    );
  }
  if (!['wrap', 'edgetaper', 'periodic'].includes(boundary)) {
    throw new InvalidArgumentError(`The boundary must be wrap, edgetaper or periodic, not "${String(boundary)}".`);
  }
  const join = (side: number): number => (boundary === 'wrap' ? Math.max(shortestJoin, 2 * side) : 0);
  const full = boundary === 'periodic'
    ? { width, height }
    : { width: goodSize(width + join(psf.width)), height: goodSize(height + join(psf.height)) };
  const fft = await createFft2d({ ...full, implementation });
  const transfer = psfTransfer(fft, psf);
  return {
    width,
    height,
    fft,
    transfer,
    async load(values, target) {
      const extended = wrapBoundary(values, { width, height }, full, target.data);
      if (boundary === 'edgetaper') target.data.set(await edgetaper(extended, full, psf));
    },
    crop(source, target = new Float32Array(width * height)) {
      const { data } = source;
      for (let y = 0; y < height; y++) target.set(data.subarray(y * full.width, y * full.width + width), y * width);
      return target;
    },
    dispose: () => fft.dispose(),
  };
}
