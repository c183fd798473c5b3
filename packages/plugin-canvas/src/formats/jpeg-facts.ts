import type { Warning } from '@deblur/core';
import { joinBytes, textAt, viewOf } from '../bytes.ts';
import type { Bytes } from '../bytes.ts';
import { sourceReduced } from '../source-reduced.ts';
import { carryMetadata, describePicture } from './describe-picture.ts';
import { namedSegments, splitJpeg } from './jpeg-segments.ts';
import type { JpegParts, JpegSegment } from './jpeg-segments.ts';
import type { HeaderChecks, PictureFacts } from './picture-facts.ts';

export const jpegNames = {
  exif: 'Exif\0\0', xmp: 'http://ns.adobe.com/xap/1.0/\0', icc: 'ICC_PROFILE\0', iptc: 'Photoshop 3.0\0', jfif: 'JFIF\0',
} as const;
export const jpegMarkers = { app0: 0xe0, app1: 0xe1, app2: 0xe2, app13: 0xed, app14: 0xee } as const;
const centimetresPerInch = 2.54;

/** Reads the header of a JPEG. */
export function readJpegFacts(bytes: Bytes, checks: HeaderChecks): PictureFacts {
  const parts = splitJpeg(bytes);
  const frame = parts?.segments.find(({ marker }) => isFrame(marker));
  if (!parts || !frame || frame.data.byteLength < 6) return checks.fail('its header is damaged or cut off');
  const view = viewOf(frame.data);
  const [height, width, components] = [view.getUint16(1), view.getUint16(3), view.getUint8(5)];
  checks.size(width, height);
  if (!parts.complete) return checks.fail('its data is cut off');
  const { segments } = parts;
  const exif = joinNamed(segments, jpegMarkers.app1, jpegNames.exif);
  const xmp = namedSegments(segments, jpegMarkers.app1, jpegNames.xmp)[0];
  const iptc = namedSegments(segments, jpegMarkers.app13, jpegNames.iptc)[0];
  const density = readDensity(namedSegments(segments, jpegMarkers.app0, jpegNames.jfif)[0]);
  const converted = components === 4;
  const icc = converted ? undefined : joinProfile(namedSegments(segments, jpegMarkers.app2, jpegNames.icc));
  const info = describePicture({
    width, height, channels: components === 1 ? 1 : 3, alpha: false, type: 'uint8', format: 'jpeg',
    space: components === 1 ? 'b-w' : converted ? 'cmyk' : 'srgb', pages: 1,
  }, exif);
  return {
    info, stored: { width, height }, ...(icc && { icc }),
    metadata: carryMetadata({ exif, xmp, iptc: iptc && joinBytes([new TextEncoder().encode(jpegNames.iptc), iptc]), density }),
    warnings: reductions(parts, converted, xmp),
    pixels: { kind: 'coded', mime: 'image/jpeg', colour: bare(parts, converted), managed: converted },
  };
}

/** Start of frame: C0–CF but for tables (C4), arithmetic conditioning (CC) and the extension (C8). */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function joinNamed(segments: readonly JpegSegment[], marker: number, name: string): Bytes | undefined {
  const [first, ...rest] = namedSegments(segments, marker, name);
  return first && joinBytes([new TextEncoder().encode(name), first, ...rest]);
}

/** Parts of a profile, each begun by its number and how many there are (ICC.1, annex B.4). */
function joinProfile(parts: readonly Bytes[]): Bytes | undefined {
  if (parts.length === 0) return undefined;
  const sorted = [...parts].sort((a, b) => a[0]! - b[0]!);
  return joinBytes(sorted.map((part) => part.subarray(2)));
}

/** Pixels per inch of a JFIF block; undefined if it gives only an aspect ratio. */
function readDensity(jfif: Bytes | undefined): number | undefined {
  if (!jfif || jfif.byteLength < 7) return undefined;
  const across = viewOf(jfif).getUint16(3);
  if (across === 0 || (jfif[2] !== 1 && jfif[2] !== 2)) return undefined;
  return jfif[2] === 1 ? across : Math.round(across * centimetresPerInch * 100) / 100;
}

/** Without profile, EXIF and the like, so that the decoder neither converts nor turns; Adobe's block says how colours are coded. */
function bare({ segments, scans }: JpegParts, keepProfile: boolean): Bytes {
  const kept = segments.filter(({ marker }) =>
    marker < 0xe0 || marker === jpegMarkers.app0 || marker === jpegMarkers.app14 || (keepProfile && marker === jpegMarkers.app2));
  return joinBytes([Uint8Array.of(0xff, 0xd8), ...kept.flatMap(({ marker, data }) => [segmentHead(marker, data.byteLength), data]), scans]);
}

/** The marker and length that begin a segment. */
export function segmentHead(marker: number, length: number): Bytes {
  return Uint8Array.of(0xff, marker, (length + 2) >> 8, (length + 2) & 0xff);
}

function reductions({ segments }: JpegParts, converted: boolean, xmp: Bytes | undefined): Warning[] {
  const warnings: Warning[] = [];
  if (converted) warnings.push(sourceReduced('The picture is stored as CMYK; it was converted to 8-bit sRGB.', { space: 'cmyk' }));
  const gainMap = namedSegments(segments, jpegMarkers.app2, 'urn:iso:std:iso:ts:21496').length > 0
    || (xmp !== undefined && textAt(xmp, 0, Math.min(xmp.byteLength, 4096)).includes('hdrgm:'));
  if (gainMap) warnings.push(sourceReduced('The picture has an HDR gain map; it is not kept.', { gainMap: true }));
  return warnings;
}
