const orientationTag = 0x0112;
const exifPrefixBytes = 6;

/**
 * A copy of an EXIF block whose orientation says "as stored" (1), since the pixels are turned already.
 * A block that cannot be followed is copied unchanged.
 */
export function resetExifOrientation(exif: Uint8Array): Uint8Array {
  const block = Uint8Array.from(exif);
  const start = Buffer.from(block.subarray(0, 4)).toString('latin1') === 'Exif' ? exifPrefixBytes : 0;
  const view = new DataView(block.buffer, start);
  if (view.byteLength < 8) return block;
  const littleEndian = view.getUint16(0) === 0x4949;
  const directory = view.getUint32(4, littleEndian);
  if (directory + 2 > view.byteLength) return block;
  const entries = view.getUint16(directory, littleEndian);
  for (let i = 0; i < entries; i++) {
    const entry = directory + 2 + i * 12;
    if (entry + 12 > view.byteLength) break;
    if (view.getUint16(entry, littleEndian) === orientationTag) view.setUint16(entry + 8, 1, littleEndian);
  }
  return block;
}

/** The same for an XMP packet (`tiff:Orientation` as attribute or element). */
export function resetXmpOrientation(xmp: Uint8Array): Uint8Array {
  const text = Buffer.from(xmp.buffer, xmp.byteOffset, xmp.byteLength).toString('latin1');
  return Buffer.from(text.replace(/(tiff:Orientation(?:\s*=\s*["']|>\s*))[2-8](?=\s*["'<])/g, (_all, lead: string) => `${lead}1`), 'latin1');
}
