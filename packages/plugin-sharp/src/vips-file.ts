import { endianness } from 'node:os';
import type { ImageMetadata, SampleType } from '@deblur/core';
import type { SampleLayout } from './sample-layout.ts';

/** Where the pixels begin in a file of libvips' own format (`.v`): 64 bytes of header, then rows without padding. */
export const vipsHeaderBytes = 64;

const littleEndian = endianness() === 'LE';
const magic = littleEndian ? [0xb6, 0xa6, 0xf2, 0x08] : [0x08, 0xf2, 0xa6, 0xb6];
const bandFormats: Readonly<Record<SampleType, number>> = { uint8: 0, uint16: 2, float32: 6 };
const millimetresPerInch = 25.4;

/** The layout a `.v` file declares; undefined if it is not one of this machine's byte order or of another sample type. */
export function parseVipsHeader(bytes: Uint8Array): SampleLayout | undefined {
  if (bytes.byteLength < vipsHeaderBytes || magic.some((byte, i) => bytes[i] !== byte)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const field = (offset: number): number => view.getInt32(offset, littleEndian);
  const type = (['uint8', 'uint16', 'float32'] as const).find((name) => bandFormats[name] === field(20));
  return type && { width: field(4), height: field(8), samples: field(12), type };
}

/** libvips' numbers for `b-w`, `grey16`, `srgb`, `rgb16` and `scrgb`. */
function interpretation({ samples, type }: SampleLayout): number {
  if (samples < 3) return type === 'uint16' ? 26 : 1;
  return type === 'uint8' ? 22 : type === 'uint16' ? 25 : 28;
}

/** The header of a `.v` file. */
export function vipsHeader(layout: SampleLayout, metadata: ImageMetadata | undefined): Uint8Array {
  const bytes = new Uint8Array(vipsHeaderBytes);
  bytes.set(magic);
  const view = new DataView(bytes.buffer);
  const fields = [layout.width, layout.height, layout.samples, 0, bandFormats[layout.type], 0, interpretation(layout)];
  fields.forEach((value, i) => view.setInt32(4 + 4 * i, value, littleEndian));
  const pixelsPerMillimetre = (metadata?.density ?? 72) / millimetresPerInch;
  view.setFloat32(32, pixelsPerMillimetre, littleEndian);
  view.setFloat32(36, pixelsPerMillimetre, littleEndian);
  return bytes;
}

/** What follows the pixels in a `.v` file: the profile and metadata blocks, which libvips passes on unchanged. */
export function vipsTrailer(icc: Uint8Array | undefined, metadata: ImageMetadata | undefined): Uint8Array {
  const blocks: Readonly<Record<string, Uint8Array | undefined>> = {
    'icc-profile-data': icc,
    'exif-data': metadata?.exif && withExifPrefix(metadata.exif),
    'xmp-data': metadata?.xmp,
    'iptc-data': metadata?.iptc,
  };
  const fields = Object.entries(blocks)
    .filter(([, block]) => block !== undefined)
    .map(([name, block]) => `<field type="VipsBlob" name="${name}">${Buffer.from(block!).toString('base64')}</field>`);
  const namespace = 'http://www.vips.ecs.soton.ac.uk/vips/8.0.0';
  return Buffer.from(`<?xml version="1.0"?>\n<root xmlns="${namespace}"><header></header><meta>${fields.join('')}</meta></root>\n`);
}

/** EXIF as JPEG carries it: after `Exif\0\0`. */
function withExifPrefix(exif: Uint8Array): Uint8Array {
  const block = Buffer.from(exif.buffer, exif.byteOffset, exif.byteLength);
  return block.subarray(0, 4).toString('latin1') === 'Exif' ? block : Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), block]);
}
