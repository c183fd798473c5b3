import type { RestorationMethod } from '@deblur/core';

/** A method in the menu. */
export interface MethodEntry {
  readonly method: RestorationMethod;
  readonly title: string;
  readonly text: string;
  /** Undoes a PSF that the user gives. */
  readonly takesPsf?: true;
  /** Which networks it can use. */
  readonly network?: 'deblurring' | 'denoising';
}

/** All methods, the usual ones first. */
export const methods: readonly MethodEntry[] = [
  { method: 'auto', title: 'Automatic', text: 'Measures the blur and chooses; says why.', network: 'deblurring' },
  { method: 'network', title: 'Network', text: 'Learned from photographs. Takes motion that differs from place to place; needs no PSF.', network: 'deblurring' },
  { method: 'polyblur', title: 'Polyblur', text: 'Removes mild blur in a moment, without ringing.' },
  { method: 'blind', title: 'Blind', text: 'Estimates one PSF from the picture, then total variation. For camera shake.' },
  { method: 'tv', title: 'Total variation', text: 'Undoes the PSF; smooth areas, firm edges. Fast.', takesPsf: true },
  { method: 'hyper-laplacian', title: 'Hyper-Laplacian', text: 'As total variation, with a prior nearer to photographs.', takesPsf: true },
  { method: 'wiener', title: 'Wiener', text: 'Undoes the PSF with one linear filter. Fastest; rings at strong edges.', takesPsf: true },
  { method: 'rl', title: 'Richardson–Lucy', text: 'Undoes the PSF step by step; noise grows with the steps.', takesPsf: true },
  { method: 'rl-tv', title: 'Richardson–Lucy with total variation', text: 'As Richardson–Lucy, with the noise held down. Slow.', takesPsf: true },
  { method: 'whyte', title: 'For clipped highlights (Whyte)', text: 'Undoes the PSF where lights are blown out. Slow.', takesPsf: true },
  { method: 'pnp', title: 'Plug-and-play', text: 'Undoes the PSF with a denoising network as prior. Best for noisy pictures; slow.', takesPsf: true, network: 'denoising' },
];
