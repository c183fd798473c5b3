import { InvalidArgumentError } from '../errors/index.ts';
import type { PixelImage, SampleType } from '../image/pixel-image.ts';
import { sampleTypeOf } from '../image/samples.ts';
import { requireInteger } from './require-integer.ts';

/** What every band of a picture has in common. */
export interface BandForm {
  readonly width: number;
  readonly channels: 1 | 3;
  readonly type: SampleType;
  readonly alpha: boolean;
}

/**
 * Checks that a band belongs to a picture. Alpha a picture is not expected to have is ignored.
 * @param rowsLeft rows of the picture that have not come yet
 * @throws InvalidArgumentError saying what differs
 */
export function checkBand(band: PixelImage, expected: BandForm, rowsLeft: number): void {
  const { width, channels, type, alpha } = expected;
  const found: BandForm = { width: band.width, channels: band.channels, type: sampleTypeOf(band.data), alpha: alpha && band.alpha !== undefined };
  for (const name of ['width', 'channels', 'type', 'alpha'] as const) {
    if (found[name] === expected[name]) continue;
    throw new InvalidArgumentError(
      `A band has ${name} ${String(found[name])} where the picture has ${String(expected[name])}; give bands of one and the same picture.`,
      { details: { found, expected } },
    );
  }
  requireInteger('band.height', band.height, 1, rowsLeft);
  const pixels = width * band.height;
  checkSamples('samples', band.data.length, pixels * channels);
  if (!alpha || band.alpha === undefined) return;
  checkSamples('alpha samples', band.alpha.length, pixels);
  if (sampleTypeOf(band.alpha) === type) return;
  throw new InvalidArgumentError(`A band has ${sampleTypeOf(band.alpha)} alpha beside ${type} samples; both must have one type.`, { details: { type } });
}

function checkSamples(what: string, length: number, needed: number): void {
  if (length === needed) return;
  throw new InvalidArgumentError(`A band has ${length} ${what}; its width, height and channels make ${needed}.`, { details: { length, needed } });
}
