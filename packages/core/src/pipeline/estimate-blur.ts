import type { Psf } from '../blur/psf.ts';
import { EstimateRefusedError } from '../errors/index.ts';
import type { BlindEstimate } from '../estimation/blind/blind-estimate.ts';
import { estimateBlindPsf } from '../estimation/blind/estimate-blind-psf.ts';
import type { PixelImage } from '../image/pixel-image.ts';
import type { RunOptions } from './run-options.ts';

/** Estimates the PSF of a picture, reported as the stage `estimate`. */
export function estimateBlur(sample: PixelImage, { space, signal, onProgress }: RunOptions): Promise<BlindEstimate> {
  return estimateBlindPsf(sample, {
    ...(space && { space }), ...(signal && { signal }),
    ...(onProgress && { onProgress: (done: number, total: number) => onProgress({ stage: 'estimate', done, total }) }),
  });
}

/** @throws EstimateRefusedError with the reason if there is no PSF */
export function requirePsf({ psf, refused }: BlindEstimate): Psf {
  if (psf) return psf;
  throw new EstimateRefusedError(
    `The blur cannot be estimated. ${refused} Give its PSF with another method, or use method 'network' or 'polyblur'.`,
  );
}
