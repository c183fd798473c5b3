import { stat } from 'node:fs/promises';
import type { ImageDescription, SampleType, Warning } from '@deblur/core';
import type { Sharp } from 'sharp';
import { writeFailure } from './file-failure.ts';
import { profileFits } from './icc-profile.ts';
import type { SharpModule } from './load-sharp.ts';
import { encodeAs, outputFormats } from './output-format.ts';
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
  const { metadata } = description;
  const warnings: Warning[] = [];
  const icc = await chooseProfile(parts, warnings);
  const keepsExif = metadata?.exif !== undefined && outputFormats[format].exif;
  if (metadata?.exif && !keepsExif) warnings.push(reduced(`EXIF cannot be written to ${format} files; it was left out.`));
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

async function chooseProfile(parts: WriterParts, warnings: Warning[]): Promise<Uint8Array | undefined> {
  const { icc, channels } = parts.description;
  if (icc && profileFits(icc, channels)) return icc;
  if (icc) warnings.push(reduced('The ICC profile is not for such pixels (grey or RGB); it was left out.'));
  return parts.type === 'float32' && channels === 3 ? srgbProfile(parts.sharp) : undefined;
}

/** libvips takes float RGB without a profile for linear light, so encoded values need one that says otherwise. */
async function srgbProfile(sharp: SharpModule): Promise<Uint8Array | undefined> {
  const pixel = sharp({ create: { width: 1, height: 1, channels: 3, background: '#fff' } });
  return (await sharp(await pixel.withIccProfile('srgb').png().toBuffer()).metadata()).icc;
}

function isRefusedLoader(error: unknown): boolean {
  return error instanceof Error && error.message.includes('unsupported image format');
}

function reduced(message: string): Warning {
  return { code: 'source-reduced', message };
}
