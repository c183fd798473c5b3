import { InvalidArgumentError } from '../errors/index.ts';
import { writeImage } from './open-sink.ts';
import type { Codec, EncodeOptions, WrittenImage } from '../codec/codec.ts';
import type { PixelImage } from '../image/pixel-image.ts';

/**
 * Writes the picture a result holds.
 * @throws InvalidArgumentError when it was already written to the call's `output`; OutputError
 */
export async function saveResult(
  held: { readonly image?: PixelImage }, sink: unknown, codecs: readonly Codec[], encode: EncodeOptions,
): Promise<WrittenImage> {
  if (!held.image) {
    throw new InvalidArgumentError(
      "This result holds no picture: the call had an `output`, and it was written there. Call run() without `output` to save it yourself.",
    );
  }
  return writeImage(held.image, sink, codecs, encode);
}
