import type { Fft2dOptions } from '../../fft/index.ts';
import type { Psf } from '../../blur/psf.ts';
import type { Rectangle } from '../../image/crop.ts';
import type { Transfer } from '../../image/pixel-image.ts';

/** What a picture says about its unknown blur. */
export interface BlindEstimate {
  readonly kind: 'blind';
  /** The PSF, its centre of gravity in the middle of odd sides; absent if `refused`. */
  readonly psf?: Psf;
  /**
   * How far to trust the PSF, 0 to 1: (s − 0.6) / 0.4, s being the `kernelSimilarity` of the PSF and the nearest one of another
   * attempt; 0 if refused. It says that the estimate is stable, which wrong ones rarely are.
   */
  readonly confidence: number;
  /** Why there is no PSF, in words; absent if there is one. */
  readonly refused?: string;
  /** Side in pixels of the square in which the PSF was sought. */
  readonly size: number;
  /** Standard deviation of the noise in the working space as a share of full scale. */
  readonly noise: number;
  /** The part of the picture that was looked at. */
  readonly window: Rectangle;
}

/** How to estimate an unknown blur. */
export interface BlindOptions {
  /** Side in pixels of the square in which the PSF is sought, 5 to 255, rounded up to an odd number. Default: found. */
  readonly size?: number;
  /** Longest side in pixels of the part of the picture that is looked at, ≥ 64. Default 800. */
  readonly window?: number;
  /** Working space. Blur adds up light, so `linear` unless the blur was made in encoded values. Default `linear`. */
  readonly space?: Transfer;
  /**
   * Draw the darkest pixel of each patch to black while looking for the latent picture (Wen et al. 2020), a further prior where
   * the default finds no good PSF. Default false.
   */
  readonly minimalPixels?: boolean;
  /** Of the Fourier transforms. Default `auto`. */
  readonly implementation?: Fft2dOptions['implementation'];
  readonly signal?: AbortSignal;
  /** Called with the number of steps finished and the number known of by now, which may grow. */
  readonly onProgress?: (done: number, total: number) => void;
}
