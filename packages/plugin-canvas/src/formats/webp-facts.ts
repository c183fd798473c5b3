import type { Warning } from '@deblur/core';
import { textAt, viewOf } from '../bytes.ts';
import type { Bytes } from '../bytes.ts';
import { sourceReduced } from '../source-reduced.ts';
import { carryMetadata, describePicture } from './describe-picture.ts';
import type { CodedPixels, HeaderChecks, PictureFacts, Vp8lPixels } from './picture-facts.ts';
import { joinWebp, splitChunks, uint24, webpFlags } from './webp-chunks.ts';
import type { WebpChunk } from './webp-chunks.ts';

interface Frame {
  readonly width: number;
  readonly height: number;
  readonly alpha: boolean;
  readonly chunks: readonly WebpChunk[];
}

/** Reads the header of a WebP. */
export function readWebpFacts(bytes: Bytes, checks: HeaderChecks): PictureFacts {
  const length = bytes.byteLength < 12 ? Infinity : viewOf(bytes).getUint32(4, true) + 8;
  const extended = textAt(bytes, 12, 4) === 'VP8X' && bytes.byteLength >= 30;
  const canvas = extended ? { width: uint24(bytes, 24) + 1, height: uint24(bytes, 27) + 1 } : undefined;
  if (canvas) checks.size(canvas.width, canvas.height);
  const chunks = length > bytes.byteLength ? undefined : splitChunks(bytes.subarray(12, length));
  if (!chunks) return checks.fail('its data is cut off');
  const find = (type: string): Bytes | undefined => chunks.find((chunk) => chunk.type === type)?.data;
  const frames = chunks.filter(({ type }) => type === 'ANMF').map(({ data }) => data);
  const frame = readFrame(frames[0] ? splitChunks(frames[0].subarray(16)) ?? [] : chunks, checks);
  const { width, height } = canvas ?? frame;
  checks.size(width, height);
  const partial = frame.width !== width || frame.height !== height;
  const alpha = frame.alpha || partial;
  const exif = find('EXIF');
  const icc = find('ICCP');
  const info = describePicture(
    { width, height, channels: 3, alpha, type: 'uint8', format: 'webp', space: 'srgb', pages: Math.max(1, frames.length) }, exif,
  );
  return {
    info, stored: { width, height }, ...(icc && { icc }),
    metadata: carryMetadata({ exif, xmp: find('XMP ') }),
    warnings: reductions(frames.length, partial),
    pixels: partial ? { kind: 'coded', mime: 'image/webp', colour: bytes, opacity: bytes, managed: false } : preparePixels(frame),
  };
}

function readFrame(chunks: readonly WebpChunk[], checks: HeaderChecks): Frame {
  const lossy = chunks.find(({ type }) => type === 'VP8 ')?.data;
  const lossless = chunks.find(({ type }) => type === 'VP8L')?.data;
  if (lossless && lossless.byteLength >= 5 && lossless[0] === 0x2f) {
    const bits = viewOf(lossless).getUint32(1, true);
    const size = { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
    checks.size(size.width, size.height);
    return { ...size, alpha: (bits & 0x10000000) !== 0, chunks: [{ type: 'VP8L', data: lossless }] };
  }
  if (!lossy || lossy.byteLength < 10) return checks.fail('its header is damaged or cut off');
  const view = viewOf(lossy);
  const size = { width: view.getUint16(6, true) & 0x3fff, height: view.getUint16(8, true) & 0x3fff };
  checks.size(size.width, size.height);
  const opacity = chunks.find(({ type }) => type === 'ALPH');
  return { ...size, alpha: opacity !== undefined, chunks: [...(opacity ? [opacity] : []), { type: 'VP8 ', data: lossy }] };
}

/** A still picture of one frame. Lossy colours are stored apart from opacity, and so they can be read apart. */
function preparePixels({ width, height, alpha, chunks }: Frame): CodedPixels | Vp8lPixels {
  const coded = { kind: 'coded', mime: 'image/webp', managed: false } as const;
  const main = chunks.at(-1)!;
  if (!alpha) return { ...coded, colour: joinWebp([main]) };
  if (main.type === 'VP8L') return { kind: 'vp8l', data: main.data };
  return { ...coded, colour: joinWebp([main]), opacity: joinWebp([extendedHeader(width, height, webpFlags.alpha), ...chunks]) };
}

/** The VP8X chunk of a file with more than one plain frame. */
export function extendedHeader(width: number, height: number, flags: number): WebpChunk {
  const data = new Uint8Array(10);
  data[0] = flags;
  for (const [at, side] of [[4, width - 1], [7, height - 1]] as const) {
    data[at] = side & 0xff;
    data[at + 1] = (side >> 8) & 0xff;
    data[at + 2] = side >> 16;
  }
  return { type: 'VP8X', data };
}

function reductions(frames: number, partial: boolean): Warning[] {
  const warnings: Warning[] = [];
  if (frames > 1) warnings.push(sourceReduced(`The picture has ${frames} frames; only the first was read.`, { pages: frames }));
  if (partial) warnings.push(sourceReduced('The first frame does not fill the picture; colours of translucent pixels are rounded.'));
  return warnings;
}
