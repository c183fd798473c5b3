import type { Fft2d, Plane, Spectrum } from '../fft/fft2d.ts';
import type { Psf } from './psf.ts';
import { validatePsf } from './validate-psf.ts';

/**
 * The transfer function of a PSF: the transform of a plane with the centre of the PSF at its origin, so that `fft.filter` with it
 * blurs without shifting. A PSF larger than the plane is wrapped around.
 *
 * @param target default: a new spectrum
 * @throws InvalidArgumentError if it is not a PSF
 */
export function psfTransfer(fft: Fft2d, psf: Psf, target?: Spectrum): Spectrum {
  validatePsf(psf);
  const plane: Plane = fft.createPlane();
  const { width, height } = fft;
  const values = plane.data;
  psf.data.forEach((weight, i) => {
    const x = (((i % psf.width) - psf.centre.x) % width + width) % width;
    const y = ((Math.floor(i / psf.width) - psf.centre.y) % height + height) % height;
    values[y * width + x]! += weight;
  });
  const spectrum = fft.forward(plane, target);
  plane.dispose();
  return spectrum;
}
