import { parsePsf } from '../blur/parse-psf.ts';
import type { Psf } from '../blur/psf.ts';
import { chooseDeconvolutionParameters, estimateNoise } from '../deconvolution/index.ts';
import type { DeconvolutionMethod } from '../deconvolution/index.ts';
import { choosePlugAndPlayParameters } from '../deconvolution/plug-and-play/plug-and-play-parameters.ts';
import type { PixelImage } from '../image/pixel-image.ts';
import type { Warning } from '../runtime/warning.ts';
import type { Abilities } from './plan-restoration.ts';
import type { AppliedDeconvolution, RunOptions } from './run-options.ts';

/** A deconvolution with everything settled. */
export interface DeconvolutionChoice {
  readonly deconvolution: AppliedDeconvolution;
  readonly warnings: readonly Warning[];
}

const noDenoiser: Warning = {
  code: 'option-changed',
  message: 'Method pnp needs a backend and a denoising model, and this client lacks one; total variation (tv) was used instead. '
    + 'Add nodeBackend() from @deblur/backend-node and builtinModels() from @deblur/models to createDeblur().',
  details: { method: 'pnp', used: 'tv' },
};

/**
 * Settles a deconvolution with a known PSF: noise, parameters, and `tv` in place of `pnp` where nothing denoises.
 *
 * @param sample reads what the noise is measured on, if it is not given
 * @throws InvalidArgumentError for a bad PSF or parameter
 */
export async function planDeconvolution(
  wanted: DeconvolutionMethod | 'pnp', psf: Psf | string, options: RunOptions, sample: () => Promise<PixelImage>, { denoiser }: Abilities,
): Promise<DeconvolutionChoice> {
  const method = wanted === 'pnp' && !denoiser ? 'tv' : wanted;
  const { space = 'linear', deconvolution: given } = options;
  const known = typeof psf === 'string' ? parsePsf(psf) : psf;
  const noise = options.noise ?? estimateNoise(await sample(), { space });
  const parameters = method === 'pnp' ? choosePlugAndPlayParameters(given) : chooseDeconvolutionParameters(method, noise, given);
  return { deconvolution: { method, psf: known, noise, space, parameters }, warnings: method === wanted ? [] : [noDenoiser] };
}
