import type { DeconvolutionMethod } from '../deconvolution/index.ts';

/**
 * Ways to restore a picture:
 * - `network`: a model through the backend; needs neither PSF nor noise
 * - `wiener`, `rl`, `rl-tv`, `tv`, `hyper-laplacian`, `whyte`: deconvolution with the PSF given (`DeconvolutionMethod`)
 */
export type RestorationMethod = 'network' | DeconvolutionMethod;

/** Methods that undo a PSF the caller gives. */
const psfMethods: readonly RestorationMethod[] = ['wiener', 'rl', 'rl-tv', 'tv', 'hyper-laplacian', 'whyte'];

/** All methods, for messages. */
export const restorationMethods: readonly RestorationMethod[] = ['network', ...psfMethods];

/** Whether a method undoes a PSF the caller gives. */
export function takesPsf(method: RestorationMethod): method is DeconvolutionMethod {
  return psfMethods.includes(method);
}
