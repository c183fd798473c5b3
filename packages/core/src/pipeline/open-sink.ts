import { concatenateRows } from '../image/concatenate-rows.ts';
import { InvalidArgumentError } from '../errors/index.ts';
import { sampleTypeOf } from '../image/samples.ts';
import type { Codec, EncodeOptions, WrittenImage } from '../codec/codec.ts';
import type { PixelImage } from '../image/pixel-image.ts';
import type { OpenedSource } from './open-source.ts';

/** What is left when all rows are in: the picture, or what a codec wrote. */
export interface FinishedSink {
  readonly image?: PixelImage;
  readonly output?: WrittenImage;
}

/** Where finished rows go: into memory, or through a codec. */
export interface RowSink {
  write(rows: PixelImage): Promise<void>;
  /** The picture, or what was written. */
  finish(): Promise<FinishedSink>;
  /** Leaves nothing behind. */
  abort(): Promise<void>;
}

/**
 * Opens the sink for a picture like the source.
 * @throws InvalidArgumentError when no codec can write there; OutputError from the codec
 */
export async function openSink(
  output: unknown, codecs: readonly Codec[], source: OpenedSource, encode: EncodeOptions | undefined,
): Promise<RowSink> {
  if (output === undefined) return collectRows(source);
  const codec = findWriter(output, codecs);
  const { width, height, channels, alpha, type, transfer, icc, metadata } = source;
  const writer = await codec.create(
    output, { width, height, channels, alpha, type, transfer, icc, metadata }, withFallbackFormat(encode, source.format),
  );
  return {
    write: (rows) => writer.write(rows),
    finish: async () => ({ output: await writer.finish() }),
    abort: () => writer.abort(),
  };
}

/** Writes a whole picture. */
export async function writeImage(
  image: PixelImage, sink: unknown, codecs: readonly Codec[], encode?: EncodeOptions,
): Promise<WrittenImage> {
  const { width, height, channels, transfer, icc, metadata } = image;
  const type = sampleTypeOf(image.data);
  const description = { width, height, channels, alpha: image.alpha !== undefined, type, transfer, icc, metadata } as const;
  const writer = await findWriter(sink, codecs).create(sink, description, encode);
  try {
    await writer.write(image);
    return await writer.finish();
  } catch (error) {
    await writer.abort();
    throw error;
  }
}

function collectRows(source: OpenedSource): RowSink {
  const bands: PixelImage[] = [];
  return {
    async write(rows): Promise<void> {
      bands.push(rows);
    },
    async finish(): Promise<FinishedSink> {
      return { image: { ...concatenateRows(bands), icc: source.icc, metadata: source.metadata } };
    },
    async abort(): Promise<void> {
      bands.length = 0;
    },
  };
}

function findWriter(sink: unknown, codecs: readonly Codec[]): Codec {
  const codec = codecs.find((candidate) => candidate.canWrite(sink));
  if (codec) return codec;
  throw new InvalidArgumentError(
    codecs.length === 0
      ? 'No codec is installed to write a picture. Add an I/O plugin to createDeblur(), such as sharpCodec() from @deblur/plugin-sharp, or use result.image.'
      : `None of the codecs (${codecs.map((candidate) => candidate.id).join(', ')}) can write to ${String(sink)}.`,
  );
}

/** The source's format is only a fallback; the codec prefers the sink's own extension. */
function withFallbackFormat(encode: EncodeOptions | undefined, format: string | undefined): EncodeOptions {
  return { ...encode, fallbackFormat: encode?.fallbackFormat ?? format };
}
