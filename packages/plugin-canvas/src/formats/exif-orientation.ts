import { latin1, textAt, viewOf } from '../bytes.ts';
import type { Bytes } from '../bytes.ts';

const orientationTag = 0x0112;
const prefix = 'Exif\0\0';

/** Where the value of the orientation tag lies, if the block has one. */
function findOrientation(exif: Uint8Array): { view: DataView; offset: number; littleEndian: boolean } | undefined {
  const start = textAt(exif, 0, 4) === 'Exif' ? prefix.length : 0;
  if (exif.byteLength < start + 8) return undefined;
  const view = viewOf(exif.subarray(start));
  const littleEndian = view.getUint16(0) === 0x4949;
  const directory = view.getUint32(4, littleEndian);
  if (directory + 2 > view.byteLength) return undefined;
  const entries = view.getUint16(directory, littleEndian);
  for (let i = 0; i < entries; i++) {
    const entry = directory + 2 + i * 12;
    if (entry + 12 > view.byteLength) return undefined;
    if (view.getUint16(entry, littleEndian) === orientationTag) return { view, offset: entry + 8, littleEndian };
  }
  return undefined;
}

/** The orientation (1–8; CIPA DC-008, tag 274) an EXIF block gives; 1 if it gives none. */
export function readExifOrientation(exif: Uint8Array | undefined): number {
  const found = exif && findOrientation(exif);
  const value = found ? found.view.getUint16(found.offset, found.littleEndian) : 1;
  return value >= 1 && value <= 8 ? value : 1;
}

/** A copy of an EXIF block, with its `Exif` prefix, whose orientation says "as stored" (1), since the pixels are turned already. */
export function resetExifOrientation(exif: Uint8Array): Bytes {
  const copy = withExifPrefix(exif);
  const found = findOrientation(copy);
  found?.view.setUint16(found.offset, 1, found.littleEndian);
  return copy;
}

/** The same for an XMP packet (`tiff:Orientation` as attribute or element). */
export function resetXmpOrientation(xmp: Uint8Array): Bytes {
  const text = Array.from(xmp, (byte) => String.fromCharCode(byte)).join('');
  return latin1(text.replace(/(tiff:Orientation(?:\s*=\s*["']|>\s*))[2-8](?=\s*["'<])/g, (_all, lead: string) => `${lead}1`));
}

/** A copy that begins with `Exif`, as JPEG and WebP files of other programs have it. */
function withExifPrefix(exif: Uint8Array): Bytes {
  if (textAt(exif, 0, 4) === 'Exif') return Uint8Array.from(exif);
  const copy = new Uint8Array(exif.byteLength + prefix.length);
  copy.set(latin1(prefix));
  copy.set(exif, prefix.length);
  return copy;
}

/** The block without its `Exif` prefix: a TIFF header and what follows. */
export function withoutExifPrefix(exif: Uint8Array): Uint8Array {
  return textAt(exif, 0, 4) === 'Exif' ? exif.subarray(prefix.length) : exif;
}
