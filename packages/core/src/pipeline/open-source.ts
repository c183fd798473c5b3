import { InvalidArgumentError } from '../errors/index.ts';
import { sliceRows } from '../image/slice-rows.ts';
import { validateImage } from '../image/validate-image.ts';
import { sampleTypeOf } from '../image/samples.ts';
import type { Codec, OpenOptions } from '../codec/codec.ts';
import type { ImageMetadata, PixelImage } from '../image/pixel-image.ts';
import type { Warning } from '../runtime/warning.ts';
import type { RowSource } from './row-source.ts';

/** A picture being read, whatever it came from. */
export interface OpenedSource extends RowSource {
  readonly icc?: Uint8Array;
  readonly metadata?: ImageMetadata;
  /** Format it is stored in; undefined for a picture in memory. */
  readonly format?: string;
  readonly warnings: readonly Warning[];
  close(): Promise<void>;
}

/**
 * Opens what the caller gave: a `PixelImage`, or anything one of the codecs can read.
 * @throws InvalidArgumentError when no codec knows such a value
 */
export async function openSource(input: unknown, codecs: readonly Codec[], options: OpenOptions): Promise<OpenedSource> {
  if (isPixelImage(input)) return sourceOfImage(input);
  const reader = await findReader(input, codecs).open(input, options);
  const { width, height, channels, type, alpha, format } = reader.info;
  return {
    width, height, channels, type, alpha, format, transfer: 'srgb',
    icc: reader.icc, metadata: reader.metadata, warnings: reader.warnings,
    read: (rows) => reader.read(rows),
    close: () => reader.close(),
  };
}

/**
 * The first codec that can read such a value.
 * @throws InvalidArgumentError when there is none, saying what to add or pass
 */
export function findReader(input: unknown, codecs: readonly Codec[]): Codec {
  const codec = codecs.find((candidate) => candidate.canRead(input));
  if (!codec) throw new InvalidArgumentError(describeUnreadable(input, codecs));
  return codec;
}

/** Reads a picture in memory from top to bottom. */
function sourceOfImage(image: PixelImage): OpenedSource {
  validateImage(image);
  const { width, height, channels, transfer, icc, metadata } = image;
  const type = sampleTypeOf(image.data);
  let next = 0;
  return {
    width, height, channels, transfer, type, icc, metadata, alpha: image.alpha !== undefined, warnings: [],
    async read(rows): Promise<PixelImage | undefined> {
      if (next >= height) return undefined;
      const from = next;
      next = Math.min(height, next + rows);
      return sliceRows(image, from, next);
    },
    async close(): Promise<void> {
      next = height;
    },
  };
}

function isPixelImage(value: unknown): value is PixelImage {
  return typeof value === 'object' && value !== null && 'channels' in value && 'transfer' in value && 'data' in value;
}

function describeUnreadable(input: unknown, codecs: readonly Codec[]): string {
  const kind = input === null ? 'null' : typeof input === 'object' ? (input.constructor?.name ?? 'object') : typeof input;
  if (codecs.length === 0) {
    return `No codec is installed to read a ${kind}. Add an I/O plugin to createDeblur(), such as sharpCodec() from @deblur/plugin-sharp, or pass a PixelImage.`;
  }
  return `None of the codecs (${codecs.map((codec) => codec.id).join(', ')}) can read a ${kind}. Pass what they read, or a PixelImage.`;
}
