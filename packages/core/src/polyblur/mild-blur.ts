import { psfFromArray } from '../blur/psf-from-array.ts';
import type { Psf } from '../blur/psf.ts';

/** An anisotropic Gaussian, wide at most a few pixels. */
export interface MildBlur {
  /** Standard deviation in pixels along the wide axis, from 0.3 to 4. */
  readonly sigma: number;
  /** Standard deviation along the narrow axis as a share of `sigma`, (0, 1]. */
  readonly rho: number;
  /** Direction of the wide axis in degrees, counter-clockwise from the x axis, [0, 180). */
  readonly theta: number;
}

/** Pixels from the centre of the PSF to its edge. */
export function mildBlurRadius({ sigma }: MildBlur): number {
  return Math.floor(4 * sigma + 0.5);
}

/** The PSF of a mild blur, sampled at pixel centres out to 4σ of the wide axis. */
export function mildBlurPsf(blur: MildBlur): Psf {
  const { sigma, rho, theta } = blur;
  const radius = mildBlurRadius(blur);
  const side = 2 * radius + 1;
  const turn = (theta * Math.PI) / 180;
  const [cosine, sine] = [Math.cos(turn), Math.sin(turn)];
  const weights = Float64Array.from({ length: side * side }, (_, i) => {
    const x = (i % side) - radius;
    const y = radius - Math.floor(i / side);
    const along = (cosine * x + sine * y) / sigma;
    const across = (cosine * y - sine * x) / (sigma * rho);
    return Math.exp(-(along * along + across * across) / 2);
  });
  return psfFromArray(weights, { width: side, height: side });
}
