import type { ImageMetadata, PixelImage, SampleArray, SampleType, Transfer } from './pixel-image.ts';
import { allocateSamples } from './samples.ts';
import { validateImage } from './validate-image.ts';

/** What `createImage` needs; everything but the size has a default. */
export interface CreateImageOptions {
  /** Pixels per row, ≥ 1. */
  readonly width: number;
  /** Rows, ≥ 1. */
  readonly height: number;
  /** 1 for grey, 3 for RGB. Default 3. */
  readonly channels?: 1 | 3;
  /** Samples to use, not copied. Default: zeros of `type`. */
  readonly data?: SampleArray;
  /** Sample type of the zeros when `data` is not given. Default `uint8`. */
  readonly type?: SampleType;
  /** Default `srgb`. */
  readonly transfer?: Transfer;
  /** `height × width` opacity samples of the type of `data`, not copied. */
  readonly alpha?: SampleArray;
  readonly icc?: Uint8Array;
  readonly metadata?: ImageMetadata;
}

/**
 * Makes a valid `PixelImage`: checked, with defaults filled in. Arrays are taken over, not copied.
 *
 * @example createImage({ width: 2, height: 1, channels: 1, data: new Uint8Array([0, 255]) })
 * @throws InvalidArgumentError if the parts do not make a picture
 */
export function createImage(options: CreateImageOptions): PixelImage {
  const { width, height, channels = 3, type = 'uint8', transfer = 'srgb', alpha, icc, metadata } = options;
  const sized = Number.isSafeInteger(width) && Number.isSafeInteger(height) && width > 0 && height > 0;
  const data = options.data ?? allocateSamples(type, sized ? width * height * channels : 0);
  const image: PixelImage = {
    width,
    height,
    channels,
    data,
    transfer,
    ...(alpha && { alpha }),
    ...(icc && { icc }),
    ...(metadata && { metadata }),
  };
  validateImage(image);
  return image;
}
