import { decodeBase64 } from '../backend/fixtures/decode.ts';
import { check } from '../assertions.ts';
import type { Codec, EncodeOptions, ImageDescription, OpenOptions, PixelImage, WrittenImage } from '@deblur/core';
import type { EncodedPicture } from './fixtures/stored-picture.ts';

/** What a case of the codec suite works with. The codec is fresh. */
export interface CodecContext {
  readonly codec: Codec;
  /** A fresh source of a fixture, of the kind under test. */
  source(picture: EncodedPicture): Promise<unknown>;
  /** A source of encoded bytes. */
  sourceOf(bytes: Uint8Array, fileName: string): Promise<unknown>;
  /** A fresh sink for a format. */
  sink(format: string): Promise<unknown>;
  /** The encoded picture at a sink. */
  encoded(sink: unknown, written: WrittenImage): Promise<Uint8Array>;
  /** True if nothing can be seen at the sink. */
  isEmpty(sink: unknown): Promise<boolean>;
}

/** The whole picture, read in one band. */
export async function readWhole(codec: Codec, source: unknown, options?: OpenOptions): Promise<PixelImage> {
  const reader = await codec.open(source, options);
  try {
    const image = await reader.read(reader.info.height);
    check(image, 'The picture has no rows.');
    return image;
  } finally {
    await reader.close();
  }
}

/** The whole picture, read `rows` rows at a time. */
export async function readBands(codec: Codec, source: unknown, rows: number): Promise<PixelImage[]> {
  const reader = await codec.open(source);
  try {
    const bands: PixelImage[] = [];
    for (let band = await reader.read(rows); band; band = await reader.read(rows)) bands.push(band);
    return bands;
  } finally {
    await reader.close();
  }
}

/** What a codec must know to write such a picture. */
export function describe(image: PixelImage): ImageDescription {
  const { width, height, channels, transfer, icc, metadata, data } = image;
  const type = data instanceof Uint8Array ? 'uint8' : data instanceof Uint16Array ? 'uint16' : 'float32';
  return { width, height, channels, transfer, type, alpha: image.alpha !== undefined, ...(icc && { icc }), ...(metadata && { metadata }) };
}

/** Writes a picture in bands of `rows` rows and reads it again. */
export async function roundTrip(
  context: CodecContext, image: PixelImage, format: string, options: EncodeOptions = {}, rows = 5,
): Promise<{ image: PixelImage; written: WrittenImage; bytes: Uint8Array }> {
  const sink = await context.sink(format);
  const writer = await context.codec.create(sink, describe(image), { format, ...options });
  for (const band of cutBands(image, rows)) await writer.write(band);
  const written = await writer.finish();
  const bytes = await context.encoded(sink, written);
  const source = await context.sourceOf(bytes, `picture.${format}`);
  return { written, bytes, image: await readWhole(context.codec, source, { metadata: image.metadata !== undefined }) };
}

/** The rows of a picture in bands. */
export function cutBands(image: PixelImage, rows: number): PixelImage[] {
  const { width, height, channels, transfer } = image;
  const bands: PixelImage[] = [];
  for (let top = 0; top < height; top += rows) {
    const bottom = Math.min(height, top + rows);
    const data = image.data.slice(top * width * channels, bottom * width * channels);
    const alpha = image.alpha?.slice(top * width, bottom * width);
    bands.push({ width, height: bottom - top, channels, transfer, data, ...(alpha && { alpha }) });
  }
  return bands;
}

/** The bytes of a fixture, fresh. */
export function bytesOf(picture: EncodedPicture): Uint8Array {
  return decodeBase64(picture.encoded);
}
