import type { PixelImage } from '../image/pixel-image.ts';
import { sampleTypeOf } from '../image/samples.ts';
import { checkBoundary } from './boundary.ts';
import type { Boundary } from './boundary.ts';
import type { ConvolveOptions } from './convolve.ts';
import { fromFloatPlanes, toFloatPlanes } from './float-planes.ts';
import type { FloatPlanes } from './float-planes.ts';
import { createPlaneConvolver } from './plane-convolver.ts';
import { cellWeights, validatePsfGrid } from './psf-grid.ts';
import type { PsfGrid } from './psf-grid.ts';

/** Options of `convolveVarying`; the boundary cannot be `valid`, for the PSFs differ. */
export interface ConvolveVaryingOptions extends ConvolveOptions {
  readonly boundary?: Boundary;
}

/** Convolves every plane with the PSFs of a grid. */
async function convolvePlanesVarying(picture: FloatPlanes, grid: PsfGrid, options: ConvolveVaryingOptions): Promise<FloatPlanes> {
  const { boundary = 'reflect', method = 'auto', signal } = options;
  checkBoundary(boundary);
  validatePsfGrid(grid);
  const { width, height } = picture;
  const across = cellWeights(width, grid.columns);
  const down = cellWeights(height, grid.rows);
  const longest = (values: readonly number[]): number => Math.max(...values);
  const convolver = await createPlaneConvolver({
    width: longest(across.map(({ weights }) => weights.length)),
    height: longest(down.map(({ weights }) => weights.length)),
    psfWidth: longest(grid.psfs.map((psf) => psf.width)),
    psfHeight: longest(grid.psfs.map((psf) => psf.height)),
    taps: longest(grid.psfs.map((psf) => psf.data.reduce((count, weight) => count + (weight === 0 ? 0 : 1), 0))),
    method,
  });
  const planes = picture.planes.map((plane) => new Float32Array(plane.length));
  try {
    grid.psfs.forEach((psf, i) => {
      const columns = across[i % grid.columns]!;
      const rows = down[Math.floor(i / grid.columns)]!;
      const region = { x: columns.start, y: rows.start, width: columns.weights.length, height: rows.weights.length };
      if (region.width === 0 || region.height === 0) return;
      convolver.load(psf);
      picture.planes.forEach((data, channel) => {
        const blurred = convolver.convolve({ data, width, height }, boundary, region, signal);
        const sum = planes[channel]!;
        for (let y = 0, j = 0; y < region.height; y++) {
          const at = (region.y + y) * width + region.x;
          for (let x = 0; x < region.width; x++, j++) sum[at + x]! += rows.weights[y]! * columns.weights[x]! * blurred[j]!;
        }
      });
    });
    return { width, height, planes };
  } finally {
    convolver.dispose();
  }
}

/**
 * The picture spread by PSFs that vary over it: at every pixel by the PSF interpolated there, so that there are no seams.
 * Alpha is kept as it is.
 *
 * @throws InvalidArgumentError for a bad picture, grid or option; AbortedError
 */
export async function convolveVarying(image: PixelImage, grid: PsfGrid, options: ConvolveVaryingOptions = {}): Promise<PixelImage> {
  const { space = 'linear', type = sampleTypeOf(image.data) } = options;
  return fromFloatPlanes(await convolvePlanesVarying(toFloatPlanes(image, space), grid, options), image, space, type);
}
