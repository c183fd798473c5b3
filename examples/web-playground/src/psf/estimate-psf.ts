import { EstimateRefusedError } from '@deblur/core';
import type { ProgressListener, Psf } from '@deblur/core';
import type { RemoteDeblur } from '@deblur/worker';
import { element } from '../page/element.ts';

/** How an estimate is made, and where its steps are told. */
export interface EstimateContext {
  readonly kind: 'parametric' | 'blind';
  readonly signal: AbortSignal;
  readonly onProgress: ProgressListener;
}

/** A PSF, and how sure it is, in words. */
export interface Estimated {
  readonly psf: Psf;
  readonly words: string;
}

/**
 * Estimates the PSF of a picture and says how sure that is.
 * @throws EstimateRefusedError when the picture does not tell it
 */
export async function estimatePsf(deblur: RemoteDeblur, file: Blob, { kind, ...context }: EstimateContext): Promise<Estimated> {
  const text = element('estimate-text', HTMLParagraphElement);
  text.textContent = '';
  const { psf, words, confidence, refused } = kind === 'blind' ? await blind(deblur, file, context) : await parametric(deblur, file, context);
  if (!psf) throw new EstimateRefusedError(refused ?? 'The picture does not tell its blur. Choose a network, or set the blur by hand.');
  text.textContent = `Estimated: ${words}, confidence ${confidence.toFixed(2)} of 1.`;
  return { psf, words: text.textContent };
}

interface Found {
  readonly psf: Psf | undefined;
  readonly words: string;
  readonly confidence: number;
  readonly refused: string | undefined;
}

async function blind(deblur: RemoteDeblur, file: Blob, context: Omit<EstimateContext, 'kind'>): Promise<Found> {
  const { psf, confidence, refused, size } = await deblur.estimate(file, { kind: 'blind', ...context });
  return { psf, confidence, refused, words: `a PSF in a square of ${size} pixels` };
}

async function parametric(deblur: RemoteDeblur, file: Blob, context: Omit<EstimateContext, 'kind'>): Promise<Found> {
  const { psf, kernel, confidence, refused } = await deblur.estimate(file, { kind: 'parametric', ...context });
  const words = psf?.kind === 'motion' ? `motion over ${psf.length.toFixed(1)} pixels at ${psf.angle.toFixed(0)}°`
    : psf?.kind === 'disk' ? `a disk of radius ${psf.radius.toFixed(1)} pixels` : `a Gaussian of sigma ${psf?.sigma.toFixed(1)} pixels`;
  return { psf: kernel, confidence, refused, words };
}
