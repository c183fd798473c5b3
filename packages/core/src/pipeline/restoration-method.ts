import type { DeconvolutionMethod } from '../deconvolution/index.ts';

/**
 * Ways to restore a picture:
 * - `network`: a model through the backend; needs neither PSF nor noise
 * - `wiener`, `rl`, `rl-tv`, `tv`, `hyper-laplacian`, `whyte`: deconvolution with the PSF given (`DeconvolutionMethod`)
 * - `pnp`: plug-and-play deconvolution with the PSF given and a denoising network; `tv` where there is none
 * - `blind`: estimates the PSF from the picture, then `tv`
 * - `polyblur`: removes mild blur; needs neither network nor PSF
 * - `auto`: detects the blur and chooses among the others, or leaves the picture as it is
 */
export type RestorationMethod = 'network' | DeconvolutionMethod | 'pnp' | 'blind' | 'polyblur' | 'auto';

/** What a call came to: `auto` has chosen, `none` left the picture as it is. */
export type AppliedMethod = Exclude<RestorationMethod, 'auto'> | 'none';

/** Methods that undo a PSF the caller gives. */
const psfMethods: readonly RestorationMethod[] = ['wiener', 'rl', 'rl-tv', 'tv', 'hyper-laplacian', 'whyte', 'pnp'];

/** All methods, for messages and menus. */
export const restorationMethods: readonly RestorationMethod[] = ['auto', 'network', 'blind', 'polyblur', ...psfMethods];

/** Whether a method undoes a PSF the caller gives. */
export function takesPsf(method: RestorationMethod): method is DeconvolutionMethod | 'pnp' {
  return psfMethods.includes(method);
}
