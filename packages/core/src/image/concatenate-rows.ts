import { InvalidArgumentError } from '../errors/index.ts';
import type { PixelImage } from './pixel-image.ts';
import { allocateSamples, sampleTypeOf } from './samples.ts';

/**
 * Puts bands of rows together to one picture, first band on top. Samples are copied (a single band is returned itself);
 * `icc` and `metadata` are those of the first band.
 *
 * @throws InvalidArgumentError without bands, or if bands differ in width, channels, sample type, transfer or having alpha
 */
export function concatenateRows(bands: readonly PixelImage[]): PixelImage {
  const first = bands[0];
  if (first === undefined) throw new InvalidArgumentError('There are no bands to put together; at least one is needed.');
  if (bands.length === 1) return first;
  const describe = (band: PixelImage): string =>
    `width ${band.width}, ${band.channels} channels, ${sampleTypeOf(band.data)}, ${band.transfer}, ${band.alpha ? 'alpha' : 'no alpha'}`;
  const expected = describe(first);
  let height = 0;
  for (const [index, band] of bands.entries()) {
    if (describe(band) !== expected) {
      throw new InvalidArgumentError(`Band ${index} has ${describe(band)}, but band 0 has ${expected}; all must agree.`);
    }
    height += band.height;
  }
  const type = sampleTypeOf(first.data);
  const stride = first.width * first.channels;
  const data = allocateSamples(type, height * stride);
  const alpha = first.alpha && allocateSamples(type, height * first.width);
  let row = 0;
  for (const band of bands) {
    data.set(band.data, row * stride);
    if (alpha && band.alpha) alpha.set(band.alpha, row * first.width);
    row += band.height;
  }
  return { ...first, height, data, ...(alpha && { alpha }) };
}
