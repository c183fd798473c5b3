import { InvalidArgumentError } from '../errors/invalid-argument-error.ts';
import type { PixelImage } from '../image/pixel-image.ts';
import { sampleTypeOf } from '../image/samples.ts';
import { checkBoundary } from './boundary.ts';
import { convolvePlanes } from './convolve.ts';
import type { ConvolveVaryingOptions } from './convolve-varying.ts';
import { fromFloatPlanes, toFloatPlanes } from './float-planes.ts';
import type { Psf } from './psf.ts';

/** An object in front of a background, each with its own blur. */
export interface BlurLayers {
  /** The picture in which the object is sharp; alpha, metadata and sample type of the result come from it. */
  readonly foreground: PixelImage;
  /** The picture behind the object, of the same size and channels. Default: the foreground picture. */
  readonly background?: PixelImage;
  /** `height × width` opacities of the object in [0,1]. */
  readonly mask: ArrayLike<number>;
  /** Blur of the object. */
  readonly foregroundPsf: Psf;
  /** Blur of the background; left out, it stays sharp. */
  readonly backgroundPsf?: Psf;
}

function checkMask(mask: ArrayLike<number>, pixels: number): Float32Array {
  if (mask.length !== pixels) throw new InvalidArgumentError(`The mask has ${mask.length} values; the picture has ${pixels} pixels.`);
  return Float32Array.from(mask, (opacity, i) => {
    if (opacity >= 0 && opacity <= 1) return opacity;
    throw new InvalidArgumentError(`The mask is ${opacity} at pixel ${i}; opacities lie in [0,1].`);
  });
}

/**
 * The picture of an object and a background that move or lie out of focus differently: with mask m,
 * y = k_f * (m·f) + (1 − k_f * m)·(k_b * b), so that the blurred edge of the object lets the background shine through.
 *
 * @throws InvalidArgumentError if the parts do not fit together; AbortedError
 */
export async function convolveLayers(layers: BlurLayers, options: ConvolveVaryingOptions = {}): Promise<PixelImage> {
  const { foreground, background = foreground, foregroundPsf, backgroundPsf } = layers;
  const { space = 'linear', type = sampleTypeOf(foreground.data) } = options;
  checkBoundary(options.boundary ?? 'reflect');
  const front = toFloatPlanes(foreground, space);
  const back = toFloatPlanes(background, space);
  if (front.width !== back.width || front.height !== back.height || front.planes.length !== back.planes.length) {
    throw new InvalidArgumentError('Foreground and background must have the same size and channels.');
  }
  const { width, height } = front;
  const mask = checkMask(layers.mask, width * height);
  const cutOut = front.planes.map((plane) => plane.map((value, i) => value * mask[i]!));
  const { planes: [opacity, ...object] } = await convolvePlanes({ width, height, planes: [mask, ...cutOut] }, foregroundPsf, options);
  const behind = backgroundPsf ? await convolvePlanes(back, backgroundPsf, options) : back;
  const planes = object.map((plane, channel) =>
    plane.map((value, i) => value + (1 - opacity![i]!) * behind.planes[channel]![i]!),
  );
  return fromFloatPlanes({ width, height, planes }, foreground, space, type);
}
