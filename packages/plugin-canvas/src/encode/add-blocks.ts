import { joinBytes, latin1, ownBytes, viewOf } from '../bytes.ts';
import type { Bytes } from '../bytes.ts';
import { withoutExifPrefix } from '../formats/exif-orientation.ts';
import { jpegMarkers, jpegNames, segmentHead } from '../formats/jpeg-facts.ts';
import { splitJpeg } from '../formats/jpeg-segments.ts';
import { inchesPerMetre, pngXmpKeyword } from '../formats/png-facts.ts';
import { extendedHeader } from '../formats/webp-facts.ts';
import { joinWebp, webpFlags } from '../formats/webp-chunks.ts';
import type { WebpChunk } from '../formats/webp-chunks.ts';
import { deflateAll } from '../png/inflate.ts';
import { pngChunk } from '../png/png-encoder.ts';
import type { KeptBlocks } from './kept-blocks.ts';

const profilePartBytes = 65_519;

/** The chunks of a PNG that carry profile, density, EXIF and XMP. */
export async function pngBlocks({ icc, metadata: { exif, xmp, density } }: KeptBlocks): Promise<Bytes[]> {
  const chunks: Bytes[] = [];
  if (icc) chunks.push(pngChunk('iCCP', joinBytes([latin1('ICC profile\0\0'), await deflateAll(ownBytes(icc))])));
  if (density !== undefined) {
    const data = new Uint8Array(9);
    for (const at of [0, 4]) viewOf(data).setUint32(at, Math.round(density * inchesPerMetre));
    data[8] = 1;
    chunks.push(pngChunk('pHYs', data));
  }
  if (exif) chunks.push(pngChunk('eXIf', withoutExifPrefix(exif)));
  if (xmp) chunks.push(pngChunk('iTXt', joinBytes([latin1(`${pngXmpKeyword}\0\0\0\0\0`), xmp])));
  return chunks;
}

/** A JPEG of the runtime with these blocks instead of its own. */
export function addJpegBlocks(bytes: Bytes, { icc, metadata: { exif, xmp, iptc, density } }: KeptBlocks): Bytes {
  const parts = splitJpeg(bytes);
  if (!parts) return bytes;
  const segment = (marker: number, name: string, data: Uint8Array): Bytes =>
    joinBytes([segmentHead(marker, name.length + data.byteLength), latin1(name), data]);
  const dots = density === undefined ? 1 : Math.min(65_535, Math.round(density));
  const unit = density === undefined ? 0 : 1;
  const added = [segment(jpegMarkers.app0, jpegNames.jfif, Uint8Array.of(1, 1, unit, dots >> 8, dots & 0xff, dots >> 8, dots & 0xff, 0, 0))];
  if (exif) added.push(segment(jpegMarkers.app1, '', exif));
  if (xmp) added.push(segment(jpegMarkers.app1, jpegNames.xmp, xmp));
  if (icc) {
    const count = Math.ceil(icc.byteLength / profilePartBytes);
    for (let i = 0; i < count; i++) {
      const part = icc.subarray(i * profilePartBytes, (i + 1) * profilePartBytes);
      added.push(segment(jpegMarkers.app2, jpegNames.icc, joinBytes([Uint8Array.of(i + 1, count), part])));
    }
  }
  if (iptc) added.push(segment(jpegMarkers.app13, '', iptc));
  const coding = parts.segments.filter(({ marker }) => marker < 0xe0 || marker === jpegMarkers.app14);
  return joinBytes([
    Uint8Array.of(0xff, 0xd8), ...added, ...coding.flatMap(({ marker, data }) => [segmentHead(marker, data.byteLength), data]), parts.scans,
  ]);
}

/** A WebP of one frame (chunk `VP8 ` or `VP8L`, and `ALPH`) with these blocks. */
export function assembleWebp(
  frame: readonly WebpChunk[], alpha: boolean, { width, height }: { readonly width: number; readonly height: number },
  { icc, metadata: { exif, xmp } }: KeptBlocks,
): Bytes {
  const plain = !icc && !exif && !xmp && frame.length === 1;
  if (plain) return joinWebp(frame);
  const flags = (icc ? webpFlags.icc : 0) | (exif ? webpFlags.exif : 0) | (xmp ? webpFlags.xmp : 0) | (alpha ? webpFlags.alpha : 0);
  return joinWebp([
    extendedHeader(width, height, flags),
    ...(icc ? [{ type: 'ICCP', data: ownBytes(icc) }] : []),
    ...frame,
    ...(exif ? [{ type: 'EXIF', data: ownBytes(withoutExifPrefix(exif)) }] : []),
    ...(xmp ? [{ type: 'XMP ', data: ownBytes(xmp) }] : []),
  ]);
}
