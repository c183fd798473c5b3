import type { PixelImage } from '../image/pixel-image.ts';
import { sampleMaximum, sampleTypeOf } from '../image/samples.ts';
import { linearToSrgb } from '../image/srgb-transfer.ts';

/** One H×W plane of floats. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/** The picture's sRGB-encoded luma (ITU-R BT.601 weights), clamped to [0,1]; NaN becomes 0. */
export function lumaPlane(image: PixelImage): Plane {
  const { width, height, channels, data, transfer } = image;
  const maximum = sampleMaximum(sampleTypeOf(data));
  const values = new Float32Array(width * height);
  for (let i = 0, j = 0; i < values.length; i++, j += channels) {
    const sum = channels === 1 ? data[j]! : 0.299 * data[j]! + 0.587 * data[j + 1]! + 0.114 * data[j + 2]!;
    const value = sum >= maximum ? 1 : sum > 0 ? sum / maximum : 0;
    values[i] = transfer === 'linear' ? linearToSrgb(value) : value;
  }
  return { width, height, values };
}
