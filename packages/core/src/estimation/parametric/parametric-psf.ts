import { diskPsf } from '../../blur/disk-psf.ts';
import { gaussianPsf } from '../../blur/gaussian-psf.ts';
import { motionPsf } from '../../blur/motion-psf.ts';
import type { Psf } from '../../blur/psf.ts';

/** The families of blur that have a handful of parameters. */
export const parametricKinds = ['motion', 'disk', 'gaussian'] as const;

/** `motion` along a straight line, `disk` of defocus, `gaussian` for softness of any origin. */
export type ParametricKind = (typeof parametricKinds)[number];

/** A blur named by its parameters. Lengths are in pixels of the picture. */
export type ParametricPsf =
  | {
    readonly kind: 'motion';
    readonly length: number;
    /** Degrees in [0, 180), counter-clockwise from the x axis as seen on the screen. */
    readonly angle: number;
  }
  | { readonly kind: 'disk'; readonly radius: number }
  | {
    readonly kind: 'gaussian';
    /** Standard deviation. */
    readonly sigma: number;
  };

/** The PSF that `motionPsf`, `diskPsf` or `gaussianPsf` makes of these parameters. */
export function kernelOf(psf: ParametricPsf): Psf {
  if (psf.kind === 'motion') return motionPsf(psf.length, psf.angle);
  return psf.kind === 'disk' ? diskPsf(psf.radius) : gaussianPsf(psf.sigma);
}
