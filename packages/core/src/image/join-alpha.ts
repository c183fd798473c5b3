import type { PixelImage, SampleArray } from './pixel-image.ts';
import { allocateSamples, sampleMaximum, sampleTypeOf } from './samples.ts';

/**
 * The picture as one interleaved RGBA array (H×W×4) of its own sample type, as canvases take it: grey is repeated,
 * a picture without alpha is opaque (255, 65535 or 1). Alpha is not multiplied in.
 */
export function joinAlpha(image: PixelImage): SampleArray {
  const { channels, data, alpha } = image;
  const pixels = image.width * image.height;
  const type = sampleTypeOf(data);
  const opaque = sampleMaximum(type);
  const rgba = allocateSamples(type, pixels * 4);
  const green = channels === 3 ? 1 : 0;
  const blue = channels === 3 ? 2 : 0;
  for (let i = 0, j = 0, k = 0; i < pixels; i++, j += channels, k += 4) {
    rgba[k] = data[j]!;
    rgba[k + 1] = data[j + green]!;
    rgba[k + 2] = data[j + blue]!;
    rgba[k + 3] = alpha ? alpha[i]! : opaque;
  }
  return rgba;
}
