import { endianness } from 'node:os';
import type { ImageMetadata } from '@deblur/core';
import { rowBytes, sampleBytes } from './sample-layout.ts';
import type { SampleLayout } from './sample-layout.ts';

const littleEndian = endianness() === 'LE';
const stripTarget = 256 * 1024;
const fieldTypes = { byte: 1, short: 3, long: 4, rational: 5, undefined: 7, long8: 16 } as const;
const fieldSizes: Readonly<Record<number, number>> = { 1: 1, 3: 2, 4: 4, 5: 8, 7: 1, 16: 8 };

interface Field {
  readonly tag: number;
  readonly type: keyof typeof fieldTypes;
  readonly values: readonly number[] | Uint8Array;
}

/** The first 16 bytes of a BigTIFF file whose only directory begins at `directory`. */
export function bigTiffHeader(directory: number): Uint8Array {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  bytes.set(littleEndian ? [0x49, 0x49] : [0x4d, 0x4d]);
  view.setUint16(2, 43, littleEndian);
  view.setUint16(4, 8, littleEndian);
  view.setBigUint64(8, BigInt(directory), littleEndian);
  return bytes;
}

/**
 * What follows the uncompressed rows in a BigTIFF file: the directory, then values that do not fit in it
 * (TIFF 6.0; BigTIFF as libtiff defines it). Opacity is marked as not premultiplied.
 *
 * @param offset where the rows begin
 * @param start where the result will lie in the file, a multiple of 8
 */
export function bigTiffTrailer(
  layout: SampleLayout, offset: number, start: number, icc: Uint8Array | undefined, metadata: ImageMetadata | undefined,
): Uint8Array {
  const fields = directoryFields(layout, offset, icc, metadata).sort((a, b) => a.tag - b.tag);
  const directoryBytes = 8 + fields.length * 20 + 8;
  const sizes = fields.map((field) => fieldBytes(field));
  const outside = sizes.map((size) => (size > 8 ? Math.ceil(size / 8) * 8 : 0));
  const bytes = new Uint8Array(Math.ceil(directoryBytes / 8) * 8 + outside.reduce((sum, size) => sum + size, 0));
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(fields.length), littleEndian);
  let free = Math.ceil(directoryBytes / 8) * 8;
  fields.forEach((field, i) => {
    const at = 8 + i * 20;
    view.setUint16(at, field.tag, littleEndian);
    view.setUint16(at + 2, fieldTypes[field.type], littleEndian);
    view.setBigUint64(at + 4, BigInt(valueCount(field)), littleEndian);
    if (outside[i] === 0) return writeValues(view, at + 12, field);
    view.setBigUint64(at + 12, BigInt(start + free), littleEndian);
    writeValues(view, free, field);
    free += outside[i]!;
  });
  return bytes;
}

function directoryFields(
  layout: SampleLayout, offset: number, icc: Uint8Array | undefined, metadata: ImageMetadata | undefined,
): Field[] {
  const { width, height, samples, type } = layout;
  const stride = rowBytes(layout);
  const stripRows = Math.max(1, Math.min(height, Math.floor(stripTarget / stride)));
  const strips = Math.ceil(height / stripRows);
  const offsets = Array.from({ length: strips }, (_, i) => offset + i * stripRows * stride);
  const lengths = Array.from({ length: strips }, (_, i) => Math.min(stripRows, height - i * stripRows) * stride);
  const each = (value: number): number[] => Array.from({ length: samples }, () => value);
  const density = metadata?.density ?? 72;
  const fields: Field[] = [
    { tag: 256, type: 'long', values: [width] },
    { tag: 257, type: 'long', values: [height] },
    { tag: 258, type: 'short', values: each(sampleBytes[type] * 8) },
    { tag: 259, type: 'short', values: [1] },
    { tag: 262, type: 'short', values: [samples < 3 ? 1 : 2] },
    { tag: 273, type: 'long8', values: offsets },
    { tag: 277, type: 'short', values: [samples] },
    { tag: 278, type: 'long', values: [stripRows] },
    { tag: 279, type: 'long8', values: lengths },
    { tag: 282, type: 'rational', values: [Math.round(density * 1000), 1000] },
    { tag: 283, type: 'rational', values: [Math.round(density * 1000), 1000] },
    { tag: 284, type: 'short', values: [1] },
    { tag: 296, type: 'short', values: [2] },
    { tag: 339, type: 'short', values: each(type === 'float32' ? 3 : 1) },
  ];
  if (samples % 2 === 0) fields.push({ tag: 338, type: 'short', values: [2] });
  if (metadata?.xmp) fields.push({ tag: 700, type: 'byte', values: metadata.xmp });
  if (metadata?.iptc) fields.push({ tag: 33723, type: 'undefined', values: metadata.iptc });
  if (icc) fields.push({ tag: 34675, type: 'undefined', values: icc });
  return fields;
}

function valueCount(field: Field): number {
  return field.type === 'rational' ? field.values.length / 2 : field.values.length;
}

function fieldBytes(field: Field): number {
  return valueCount(field) * fieldSizes[fieldTypes[field.type]]!;
}

function writeValues(view: DataView, at: number, { type, values }: Field): void {
  values.forEach((value, i) => {
    if (type === 'short') view.setUint16(at + 2 * i, value, littleEndian);
    else if (type === 'long' || type === 'rational') view.setUint32(at + 4 * i, value, littleEndian);
    else if (type === 'long8') view.setBigUint64(at + 8 * i, BigInt(value), littleEndian);
    else view.setUint8(at + i, value);
  });
}
