import { ImageError, LimitError } from '@deblur/core';
import type { DecodeLimits, ImageInfo, SampleType, Warning } from '@deblur/core';
import type { Metadata } from 'sharp';
import type { SharpModule } from './load-sharp.ts';
import type { PictureSource } from './picture-source.ts';
import type { SampleLayout } from './sample-layout.ts';
import { declaredPngSize, refuseVector, startOf } from './picture-signature.ts';

/** What the header of a picture says, and what will be made of it. */
export interface PictureFacts {
  readonly info: ImageInfo;
  /** As sharp read it. */
  readonly metadata: Metadata;
  /** The pixels sharp will decode, before orientation. */
  readonly stored: SampleLayout;
  /** The colour space sharp is told to keep or to convert to. */
  readonly space: string;
  /** True if the values are converted to sRGB because core has no such space. */
  readonly converted: boolean;
  readonly warnings: readonly Warning[];
}

/** Default of `DecodeLimits.pixels`. */
const defaultPixelLimit = 2 ** 28;
/** Default of `DecodeLimits.bytes`. */
export const defaultByteLimit: number = 2 ** 30;

const keptSpaces = new Set(['srgb', 'rgb', 'rgb16', 'scrgb', 'b-w', 'grey16']);
const depths: Readonly<Record<string, SampleType>> = { uchar: 'uint8', ushort: 'uint16', float: 'float32' };

/**
 * Reads the header of a picture.
 * @throws ImageError if it is not a picture that can be read; LimitError if it declares more pixels than allowed
 */
export async function readPictureFacts(
  sharp: SharpModule, source: PictureSource, limits: DecodeLimits | undefined,
): Promise<PictureFacts> {
  const maximum = limits?.pixels ?? defaultPixelLimit;
  refuseVector(source);
  const declared = declaredPngSize(source.head);
  if (declared) checkPixels(declared.width, declared.height, maximum, source.name);
  const metadata = await readHeader(sharp, source);
  checkPixels(metadata.width, metadata.height, maximum, source.name);
  return describePicture(metadata, source);
}

async function readHeader(sharp: SharpModule, source: PictureSource): Promise<Metadata> {
  try {
    return await sharp(source.input, { limitInputPixels: false, limitInputChannels: false } as object).metadata();
  } catch (cause) {
    const text = cause instanceof Error ? cause.message : String(cause);
    const reason = text.includes('unsupported image format')
      ? `it is not a picture of a kind that sharp knows (it begins with ${startOf(source.head)})`
      : `its header is damaged or not supported (${firstReason(text)})`;
    throw new ImageError(`Cannot read ${source.name}: ${reason}. Pass a JPEG, PNG, WebP, TIFF, AVIF or GIF file.`, {
      cause, details: { source: source.name },
    });
  }
}

function firstReason(text: string): string {
  const lines = text.replace(/^Input (?:file|buffer) has corrupt header:/, '').split('\n');
  return lines.map((line) => line.trim()).find((line) => line.length > 0) ?? 'no reason given';
}

function checkPixels(width: number, height: number, maximum: number, name: string): void {
  const pixels = width * height;
  if (pixels <= maximum) return;
  throw new LimitError(
    `Did not decode ${name}: it declares ${width}×${height} = ${pixels} pixels, more than the ${maximum} allowed. ` +
      'If you trust it, raise limits.pixels.',
    { details: { width, height, pixels, limit: maximum, source: name } },
  );
}

function describePicture(metadata: Metadata, source: PictureSource): PictureFacts {
  const { width, height, hasAlpha: alpha, pages = 1, orientation = 1 } = metadata;
  const storedSpace = String(metadata.space);
  const converted = !keptSpaces.has(storedSpace);
  const type = converted ? 'uint8' : depths[metadata.depth];
  if (!type) {
    throw new ImageError(
      `Cannot read ${source.name}: its samples are of type "${metadata.depth}". Convert it to 8-bit, 16-bit or 32-bit float samples first.`,
      { details: { source: source.name, depth: metadata.depth } },
    );
  }
  const samples = converted ? (alpha ? 4 : 3) : metadata.channels;
  const channels = samples < 3 ? 1 : 3;
  const turned = orientation > 4;
  const format = metadata.format === 'heif' ? (metadata.compression === 'av1' ? 'avif' : 'heic') : String(metadata.format);
  return {
    info: {
      width: turned ? height : width, height: turned ? width : height, channels, alpha, type, format,
      space: storedSpace, pages, orientation,
    },
    metadata,
    stored: { width, height, samples, type },
    space: converted ? 'srgb' : storedSpace,
    converted,
    warnings: reductions(metadata, converted, samples - channels - (alpha ? 1 : 0)),
  };
}

function reductions(metadata: Metadata, converted: boolean, extraChannels: number): Warning[] {
  const warnings: Warning[] = [];
  const warn = (message: string, details: Readonly<Record<string, unknown>>): void => {
    warnings.push({ code: 'source-reduced', message, details });
  };
  const { space, pages = 1, bitsPerSample = 8, gainMap } = metadata;
  if (converted) warn(`The picture is stored as ${space}; it was converted to 8-bit sRGB.`, { space });
  if (pages > 1) warn(`The picture has ${pages} pages or frames; only the first was read.`, { pages });
  if (extraChannels > 0) warn(`The picture has ${extraChannels} extra channels; they were left out.`, { extraChannels });
  if (metadata.format === 'heif' && bitsPerSample > 8) {
    warn(`The picture has ${bitsPerSample} bits a sample; they are delivered in the upper bits of 16.`, { bitsPerSample });
  }
  if (gainMap) warn('The picture has an HDR gain map; it is not kept.', { gainMap: true });
  return warnings;
}
