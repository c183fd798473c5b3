import { textAt } from '../bytes.ts';
import type { Bytes } from '../bytes.ts';

/** One marker segment before the first scan. */
export interface JpegSegment {
  /** Second byte of the marker, e.g. 0xe1 for APP1. */
  readonly marker: number;
  /** Offset of the marker. */
  readonly start: number;
  /** What follows the length. */
  readonly data: Bytes;
  /** Offset behind the segment. */
  readonly end: number;
}

/** A JPEG taken apart: segments up to the first scan, then scans up to the end marker. */
export interface JpegParts {
  readonly segments: readonly JpegSegment[];
  /** From the first scan's marker to the end marker, included. */
  readonly scans: Bytes;
  /** False if the end marker is missing: the file is cut off. */
  readonly complete: boolean;
}

const startOfScan = 0xda;
const endOfImage = 0xd9;

/** Takes a JPEG apart (ITU-T T.81, annex B); undefined if its markers cannot be followed. */
export function splitJpeg(bytes: Bytes): JpegParts | undefined {
  const segments: JpegSegment[] = [];
  let at = 2;
  for (;;) {
    const start = at;
    if (bytes[at] !== 0xff) return undefined;
    while (bytes[at] === 0xff) at++;
    const marker = bytes[at++];
    if (marker === undefined || marker === endOfImage) return undefined;
    if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) continue;
    if (marker === startOfScan) {
      const end = findEnd(bytes, at);
      return { segments, scans: bytes.subarray(start, end ?? bytes.byteLength), complete: end !== undefined };
    }
    if (at + 2 > bytes.byteLength) return undefined;
    const length = (bytes[at]! << 8) | bytes[at + 1]!;
    const end = at + length;
    if (length < 2 || end > bytes.byteLength) return undefined;
    segments.push({ marker, start, data: bytes.subarray(at + 2, end), end });
    at = end;
  }
}

/** Offset behind the end marker; `from` lies behind the marker of the first scan. */
function findEnd(bytes: Bytes, from: number): number | undefined {
  let at = from + segmentLength(bytes, from);
  for (;;) {
    at = bytes.indexOf(0xff, at);
    if (at < 0 || at + 1 >= bytes.byteLength) return undefined;
    const marker = bytes[at + 1]!;
    if (marker === 0xff) at++;
    else if (marker === endOfImage) return at + 2;
    else if (marker === 0 || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) at += 2;
    else at += 2 + segmentLength(bytes, at + 2);
  }
}

function segmentLength(bytes: Bytes, at: number): number {
  return at + 2 > bytes.byteLength ? 2 : Math.max(2, (bytes[at]! << 8) | bytes[at + 1]!);
}

/** What follows a name in the segments of a marker that begin with it. */
export function namedSegments(segments: readonly JpegSegment[], marker: number, name: string): Bytes[] {
  return segments
    .filter((segment) => segment.marker === marker && textAt(segment.data, 0, name.length) === name)
    .map(({ data }) => data.subarray(name.length));
}
