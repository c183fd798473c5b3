import { checkPair } from '../metrics/check-pair.ts';
import { sampleMaximum, sampleTypeOf } from '../image/samples.ts';
import type { PixelImage } from '../image/pixel-image.ts';
import type { ScalarMap } from './scalar-map.ts';

/**
 * Where and how strongly a picture was changed: for each pixel the root mean square over the channels of after − before, as a
 * share of full scale, in the values as stored. 0 where nothing changed.
 *
 * @throws InvalidArgumentError if the pictures differ in size, channels or transfer
 */
export function changeMap(before: PixelImage, after: PixelImage): ScalarMap {
  checkPair(before, after, 0, 1);
  const { width, height, channels } = before;
  const [scaleBefore, scaleAfter] = [before, after].map(({ data }) => 1 / sampleMaximum(sampleTypeOf(data)));
  const data = new Float32Array(width * height);
  for (let pixel = 0, i = 0; pixel < data.length; pixel++) {
    let squares = 0;
    for (let c = 0; c < channels; c++, i++) squares += (after.data[i] * scaleAfter - before.data[i] * scaleBefore) ** 2;
    data[pixel] = Math.sqrt(squares / channels);
  }
  return { width, height, data };
}
