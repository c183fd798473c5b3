import { InvalidArgumentError } from '../errors/invalid-argument-error.ts';
import { crop } from '../image/crop.ts';
import type { PixelImage, SampleType, Transfer } from '../image/pixel-image.ts';
import { sampleTypeOf } from '../image/samples.ts';
import { checkBoundary } from './boundary.ts';
import type { Boundary } from './boundary.ts';
import { fromFloatPlanes, toFloatPlanes } from './float-planes.ts';
import type { FloatPlanes } from './float-planes.ts';
import { createPlaneConvolver } from './plane-convolver.ts';
import type { ConvolutionMethod } from './plane-convolver.ts';
import type { Psf } from './psf.ts';
import { validatePsf } from './validate-psf.ts';

/** How light is spread over a picture. */
export interface ConvolveOptions {
  /** What lies beyond the edges, or `valid`: give only the pixels that need nothing from there. Default `reflect`. */
  readonly boundary?: Boundary | 'valid';
  /** Default `auto`: what costs less. */
  readonly method?: ConvolutionMethod;
  /** Space in which values are mixed. Light adds up in `linear`. Default `linear`. */
  readonly space?: Transfer;
  /** Sample type of the result. Default: that of the picture. */
  readonly type?: SampleType;
  readonly signal?: AbortSignal;
}

/** Convolves every plane. With `valid` the result is smaller by the sides of the PSF minus 1. */
export async function convolvePlanes(picture: FloatPlanes, psf: Psf, options: ConvolveOptions): Promise<FloatPlanes> {
  const { boundary = 'reflect', method = 'auto', signal } = options;
  checkBoundary(boundary, ['valid']);
  if (!['auto', 'direct', 'fft'].includes(method)) {
    throw new InvalidArgumentError(`The method must be auto, direct or fft, not "${String(method)}".`);
  }
  validatePsf(psf);
  const valid = boundary === 'valid';
  const width = valid ? picture.width - psf.width + 1 : picture.width;
  const height = valid ? picture.height - psf.height + 1 : picture.height;
  if (width < 1 || height < 1) {
    throw new InvalidArgumentError(
      `No pixel is valid: the PSF of ${psf.width}×${psf.height} is larger than the picture of ${picture.width}×${picture.height}; ` +
        "use boundary 'reflect'.",
    );
  }
  const taps = psf.data.reduce((count, weight) => count + (weight === 0 ? 0 : 1), 0);
  const convolver = await createPlaneConvolver({ width, height, psfWidth: psf.width, psfHeight: psf.height, taps, method });
  const region = { x: valid ? psf.width - 1 - psf.centre.x : 0, y: valid ? psf.height - 1 - psf.centre.y : 0, width, height };
  try {
    convolver.load(psf);
    const planes = picture.planes.map((data) =>
      convolver.convolve({ data, width: picture.width, height: picture.height }, valid ? 'replicate' : boundary, region, signal),
    );
    return { width, height, planes };
  } finally {
    convolver.dispose();
  }
}

/**
 * The picture spread by a PSF: y = k * x for every channel, computed in 32-bit floats, in linear light unless told otherwise.
 * Alpha is kept as it is; with `boundary: 'valid'` it is cropped along. Agrees with scipy.ndimage.convolve (float pictures, same
 * boundary) within 1e-5.
 *
 * @throws InvalidArgumentError for a bad picture, PSF or option, or with `valid` if the PSF is larger than the picture; AbortedError
 */
export async function convolve(image: PixelImage, psf: Psf, options: ConvolveOptions = {}): Promise<PixelImage> {
  const { space = 'linear', type = sampleTypeOf(image.data), boundary } = options;
  const blurred = await convolvePlanes(toFloatPlanes(image, space), psf, options);
  const { width, height } = blurred;
  const inside = { left: psf.width - 1 - psf.centre.x, top: psf.height - 1 - psf.centre.y, width, height };
  return fromFloatPlanes(blurred, boundary === 'valid' ? crop(image, inside) : image, space, type);
}
