import type { PixelImage } from '../image/pixel-image.ts';
import { chooseScale } from './choose-scale.ts';
import { exactScale } from './reduction-of.ts';
import { takesPsf } from './restoration-method.ts';
import type { RestorationMethod } from './restoration-method.ts';
import type { RestorationPlan } from './restoration-plan.ts';
import type { RunOptions, WorkingScale } from './run-options.ts';

/** What a client can do besides what core does by itself. */
export interface Abilities {
  /** Whether there is a network that removes blur. */
  readonly network: boolean;
  /** Whether there is one that denoises. */
  readonly denoiser: boolean;
}

/** The method of a call: what it asks for, else total variation for a given PSF, else a network. */
export function methodOf({ method, psf }: RunOptions): RestorationMethod {
  return method ?? (psf === undefined ? 'network' : 'tv');
}

/** The working scale of what does not choose one by itself. */
function fixedScale({ scale }: RunOptions): WorkingScale {
  return scale === undefined || scale === 'auto' ? 1 : scale;
}

/**
 * Settles what the options leave open by measuring the picture. What only some methods need is imported when one of them is asked for,
 * so that a page that runs networks does not load it.
 *
 * @param sample reads what is measured
 * @throws InvalidArgumentError for a bad PSF or parameter; EstimateRefusedError
 */
export async function planRestoration(given: RunOptions, sample: () => Promise<PixelImage>, abilities: Abilities): Promise<RestorationPlan> {
  const options = typeof given.scale === 'number' ? { ...given, scale: exactScale(given.scale) } : given;
  const method = methodOf(options);
  const scale = fixedScale(options);
  if (takesPsf(method)) {
    const { planDeconvolution } = await import('./plan-deconvolution.ts');
    const { deconvolution, warnings } = await planDeconvolution(method, options.psf!, options, sample, abilities);
    return { method: deconvolution.method, scale, step: { kind: 'deconvolution', deconvolution }, warnings };
  }
  switch (method) {
    case 'network':
      return { method, scale: await chooseScale(options.scale ?? 1, sample), step: { kind: 'network' }, warnings: [] };
    case 'polyblur':
      return planPolyblur(await sample(), options);
    case 'blind':
      return planBlind(await sample(), options, abilities);
    case 'auto':
      return planAuto(await sample(), options, abilities);
  }
}

async function planPolyblur(sample: PixelImage, { space = 'linear', noise: given, signal }: RunOptions): Promise<RestorationPlan> {
  const { polyblur } = await import('../polyblur/index.ts');
  const { blurs, noise } = await polyblur(sample, { space, ...(given !== undefined && { noise: given }), ...(signal && { signal }) });
  return { method: 'polyblur', scale: 1, step: { kind: 'polyblur', blurs, noise, space }, warnings: [] };
}

async function planBlind(sample: PixelImage, options: RunOptions, abilities: Abilities): Promise<RestorationPlan> {
  const [{ estimateBlur, requirePsf }, { planDeconvolution }] = await Promise.all([import('./estimate-blur.ts'), import('./plan-deconvolution.ts')]);
  const estimate = await estimateBlur(sample, options);
  const { deconvolution, warnings } = await planDeconvolution('tv', requirePsf(estimate), options, async () => sample, abilities);
  return { method: 'blind', scale: fixedScale(options), step: { kind: 'deconvolution', deconvolution: { ...deconvolution, blindEstimate: estimate } }, warnings };
}

async function planAuto(sample: PixelImage, options: RunOptions, abilities: Abilities): Promise<RestorationPlan> {
  const [{ chooseMethod }, { planDeconvolution }] = await Promise.all([import('./choose-method.ts'), import('./plan-deconvolution.ts')]);
  const { method, scale, psf, estimates, choice } = await chooseMethod(sample, options, abilities);
  if (method === 'polyblur') return { ...await planPolyblur(sample, options), choice };
  if (method !== 'deconvolution') return { method, scale, step: { kind: method }, choice, warnings: [] };
  const { deconvolution, warnings } = await planDeconvolution(abilities.denoiser ? 'pnp' : 'tv', psf!, options, async () => sample, abilities);
  return { method: deconvolution.method, scale, step: { kind: 'deconvolution', deconvolution: { ...deconvolution, ...estimates } }, choice, warnings };
}
