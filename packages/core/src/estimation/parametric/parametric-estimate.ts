import type { Psf } from '../../blur/psf.ts';
import type { Transfer } from '../../image/pixel-image.ts';
import type { ProgressListener } from '../../runtime/progress.ts';
import type { ParametricKind, ParametricPsf } from './parametric-psf.ts';

/** Options of `estimateParametricPsf`. */
export interface EstimateParametricPsfOptions {
  /** Kinds to consider, at least one. Default all: `motion`, `disk`, `gaussian`. */
  readonly kinds?: readonly ParametricKind[];
  /** Space in which the blur was formed: `linear` light, as in a camera, or encoded values (`srgb`). Default `linear`. */
  readonly space?: Transfer;
  /** Standard deviation of the noise of each channel in that space as a share of full scale, (0, 1]. Default: estimated. */
  readonly noise?: number;
  /**
   * Side in pixels of the windows whose spectra are averaged: even, a product of 2, 3 and 5, from 64 to 1024 and at most the shorter
   * side of the picture. Motion up to a quarter of it and radii up to an eighth can be found. Default 512 for pictures with sides
   * of 1400 pixels or more, 256 from 384, 128 from 192, 64 below; the smaller the window, the shorter the longest blur.
   */
  readonly window?: number;
  readonly signal?: AbortSignal;
  /** Told of stage `estimate`. */
  readonly onProgress?: ProgressListener;
}

/** A blur that was considered. */
export interface ParametricCandidate {
  readonly psf: ParametricPsf;
  /** How much better it explains the spectrum than no blur, as a difference of logarithms of probability. */
  readonly score: number;
}

/** What `estimateParametricPsf` found. */
export interface ParametricEstimate {
  /** The blur; absent where the estimate was refused. */
  readonly psf?: ParametricPsf;
  /** `psf` as an array; absent where the estimate was refused. */
  readonly kernel?: Psf;
  /** 0 (none) to 1: how far the winner is ahead of what else would explain the picture. 0 where the estimate was refused. */
  readonly confidence: number;
  /** Why there is no estimate, in words. */
  readonly refused?: string;
  /** Standard deviation of the noise of each channel in the working space, as a share of full scale, if equal and independent in all. */
  readonly noise: number;
  /** What was considered, best first, the winner included. Empty where the picture could not be looked at. */
  readonly candidates: readonly ParametricCandidate[];
}
