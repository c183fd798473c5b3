import type { Psf } from '../blur/psf.ts';
import { resamplePsf } from '../blur/resample-psf.ts';
import { InvalidArgumentError } from '../errors/index.ts';
import type { TileSize } from '../runtime/tile-program.ts';
import type { AppliedDeconvolution, WorkingScale } from './run-options.ts';

/**
 * PSF and noise at a working scale: the PSF shrinks with the picture, and averaging pixels reduces their noise.
 *
 * @param picture size of the picture in full
 * @throws InvalidArgumentError if the PSF is larger
 */
export function psfAtScale(
  { psf, noise }: AppliedDeconvolution, scale: WorkingScale, picture: TileSize,
): { readonly psf: Psf; readonly noise: number } {
  if (psf.width > picture.width || psf.height > picture.height) {
    throw new InvalidArgumentError(
      `The PSF of ${psf.width}×${psf.height} is larger than the picture of ${picture.width}×${picture.height}; crop or reduce the PSF.`,
    );
  }
  return { psf: scale === 1 ? psf : resamplePsf(psf, scale), noise: noise * scale };
}
