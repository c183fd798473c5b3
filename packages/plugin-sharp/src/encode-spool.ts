import { stat } from 'node:fs/promises';
import { OutputError } from '@deblur/core';
import type { ImageDescription, ImageMetadata, SampleType, Warning } from '@deblur/core';
import type { Sharp } from 'sharp';
import { writeFailure } from './file-failure.ts';
import { profileFits } from './icc-profile.ts';
import { encodeAs, outputFormats } from './output-format.ts';
import type { OutputFormat } from './output-format.ts';
import { rowBytes } from './sample-layout.ts';
import type { WriterParts } from './sharp-writer.ts';

/** What came of encoding. */
export interface EncodedSpool {
  readonly bytes: number;
  /** For a sink in memory; others have the file. */
  readonly data?: Uint8Array;
  readonly warnings: readonly Warning[];
}

/**
 * Encodes the rows of a spool to the writer's file, or into memory. Profile and metadata blocks are passed on unchanged.
 * @throws OutputError
 */
export async function encodeSpool(parts: WriterParts): Promise<EncodedSpool> {
  const { description, format, spool, sink } = parts;
  const warnings: Warning[] = [];
  const icc = chooseProfile(description, warnings);
  const metadata = description.metadata && keepMetadata(description.metadata, format, warnings);
  const keepsExif = metadata?.exif !== undefined;
  const blocks = { ...(icc && { icc }), ...(metadata && { metadata }) };
  try {
    if (!keepsExif) return { ...(await encode(parts, await spool.sealAsTiff(blocks))), warnings };
    try {
      return { ...(await encode(parts, await spool.sealAsVips(blocks))), warnings };
    } catch (error) {
      if (!isRefusedLoader(error)) throw error;
      warnings.push(reduced('EXIF was left out: this process forbids libvips to open its own file format (sharp.block or VIPS_BLOCK_UNTRUSTED).'));
      return { ...(await encode(parts, await spool.sealAsTiff(blocks))), warnings };
    }
  } catch (error) {
    if (error instanceof OutputError) throw error;
    throw writeFailure(error, sink.kind === 'file' ? parts.file!.path : 'the picture');
  }
}

async function encode(parts: WriterParts, input: string | Uint8Array): Promise<{ bytes: number; data?: Uint8Array }> {
  const { sharp, description, format, type, options, file, spool } = parts;
  let pipeline: Sharp = sharp(input, { limitInputPixels: false, sequentialRead: true }).toColourspace(spaceOf(description, type));
  pipeline = description.metadata ? pipeline.keepMetadata() : pipeline.keepIccProfile();
  pipeline = encodeAs(pipeline, format, type, description, rowBytes(spool.layout) * description.height, options);
  if (file) {
    await pipeline.toFile(file.temporaryPath);
    return { bytes: (await stat(file.temporaryPath)).size };
  }
  const data = await pipeline.toBuffer();
  return { bytes: data.byteLength, data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
}

/** The space the spool is in, so that sharp does not convert it. */
function spaceOf({ channels }: ImageDescription, type: SampleType): string {
  if (channels === 1) return type === 'uint16' ? 'grey16' : 'b-w';
  return { uint8: 'srgb', uint16: 'rgb16', float32: 'scrgb' }[type];
}

function chooseProfile({ icc, channels }: ImageDescription, warnings: Warning[]): Uint8Array | undefined {
  if (!icc || profileFits(icc, channels)) return icc;
  warnings.push(reduced('The ICC profile is not for such pixels (grey or RGB); it was left out.'));
  return undefined;
}

/** The blocks the format can hold. */
function keepMetadata({ exif, iptc, ...rest }: ImageMetadata, format: OutputFormat, warnings: Warning[]): ImageMetadata {
  const facts = outputFormats[format];
  if (exif && !facts.exif) warnings.push(reduced(`EXIF cannot be written to ${format} files; it was left out.`));
  if (iptc && !facts.iptc) warnings.push(reduced(`IPTC cannot be written to ${format} files; it was left out.`));
  return { ...rest, ...(exif && facts.exif && { exif }), ...(iptc && facts.iptc && { iptc }) };
}

function isRefusedLoader(error: unknown): boolean {
  return error instanceof Error && error.message.includes('unsupported image format');
}

function reduced(message: string): Warning {
  return { code: 'source-reduced', message };
}
