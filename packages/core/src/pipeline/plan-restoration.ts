import { parsePsf } from '../blur/parse-psf.ts';
import { chooseDeconvolutionParameters, estimateNoise } from '../deconvolution/index.ts';
import type { PixelImage } from '../image/pixel-image.ts';
import { chooseScale } from './choose-scale.ts';
import { takesPsf } from './restoration-method.ts';
import type { RestorationMethod } from './restoration-method.ts';
import type { RestorationPlan } from './restoration-plan.ts';
import type { RunOptions } from './run-options.ts';

/** The method of a call: what it asks for, else total variation for a given PSF, else a network. */
export function methodOf({ method, psf }: RunOptions): RestorationMethod {
  return method ?? (psf === undefined ? 'network' : 'tv');
}

/**
 * Settles what the options leave open by measuring the picture.
 *
 * @param sample reads what is measured
 * @throws InvalidArgumentError for a bad PSF
 */
export async function planRestoration(options: RunOptions, sample: () => Promise<PixelImage>): Promise<RestorationPlan> {
  const method = methodOf(options);
  if (!takesPsf(method)) return { scale: await chooseScale(options.scale ?? 1, sample), step: { kind: 'network' } };
  const { psf, space = 'linear', scale } = options;
  const noise = options.noise ?? estimateNoise(await sample(), { space });
  return {
    scale: scale === undefined || scale === 'auto' ? 1 : scale,
    step: {
      kind: 'deconvolution', method, space, noise,
      psf: typeof psf === 'string' ? parsePsf(psf) : psf!,
      parameters: chooseDeconvolutionParameters(method, noise, options.deconvolution),
    },
  };
}
