import type { Warning } from '@deblur/core';
import { joinBytes, textAt, viewOf } from '../bytes.ts';
import type { Bytes } from '../bytes.ts';
import { crc32 } from '../png/crc32.ts';
import { inflateAll } from '../png/inflate.ts';
import { isPngLayout, samplesRead } from '../png/png-layout.ts';
import type { PngLayout } from '../png/png-layout.ts';
import { sourceReduced } from '../source-reduced.ts';
import { carryMetadata, describePicture } from './describe-picture.ts';
import type { HeaderChecks, PictureFacts } from './picture-facts.ts';

export const pngXmpKeyword = 'XML:com.adobe.xmp';
export const inchesPerMetre: number = 1 / 0.0254;
const profileLimit = 2 ** 24;

interface Chunk {
  readonly type: string;
  readonly data: Bytes;
  readonly crc: number;
}

/** Reads the chunks of a PNG. */
export async function readPngFacts(bytes: Bytes, checks: HeaderChecks): Promise<PictureFacts> {
  const view = viewOf(bytes);
  if (bytes.byteLength < 33 || textAt(bytes, 12, 4) !== 'IHDR') return checks.fail('its header is damaged or cut off');
  const [width, height, bits, colourType] = [view.getUint32(16), view.getUint32(20), view.getUint8(24), view.getUint8(25)];
  checks.size(width, height);
  const chunks = splitPng(bytes, checks);
  if (!isPngLayout(colourType, bits)) return checks.fail(`its header is damaged (colour type ${colourType} of ${bits} bits)`);
  const find = (type: string): Bytes | undefined => chunks.find((chunk) => chunk.type === type)?.data;
  const [palette, transparency] = [find('PLTE'), find('tRNS')];
  if (colourType === 3 && !palette) return checks.fail('its palette is missing');
  const layout: PngLayout = {
    width, height, bits, colourType, interlaced: bytes[28] === 1, ...(palette && { palette }), ...(transparency && { transparency }),
    data: chunks.filter(({ type }) => type === 'IDAT').map(({ data, crc }) => ({ bytes: data, crc })),
  };
  const samples = samplesRead(layout);
  const exif = find('eXIf');
  const icc = await readProfile(find('iCCP'), checks);
  const animation = find('acTL');
  const pages = animation && animation.byteLength >= 8 ? Math.max(1, viewOf(animation).getUint32(0)) : 1;
  const channels = samples > 2 ? 3 : 1;
  return {
    info: describePicture({
      width, height, channels, alpha: samples === 2 || samples === 4, type: bits === 16 ? 'uint16' : 'uint8', format: 'png',
      space: channels === 1 ? 'b-w' : 'srgb', pages,
    }, exif),
    stored: { width, height }, ...(icc && { icc }),
    metadata: carryMetadata({ exif, xmp: await readXmp(chunks), density: readDensity(find('pHYs')) }),
    warnings: reductions(pages, find('cICP')),
    pixels: { kind: 'png', layout },
  };
}

function splitPng(bytes: Bytes, checks: HeaderChecks): Chunk[] {
  const view = viewOf(bytes);
  const chunks: Chunk[] = [];
  for (let at = 8; at + 12 <= bytes.byteLength; ) {
    const end = at + 12 + view.getUint32(at);
    if (end > bytes.byteLength) break;
    const chunk = { type: textAt(bytes, at + 4, 4), data: bytes.subarray(at + 8, end - 4), crc: view.getUint32(end - 4) };
    // The data chunks are checked as they are decoded.
    if (chunk.type !== 'IDAT' && crc32(bytes.subarray(at + 4, end - 4)) !== chunk.crc) checks.fail(`its ${chunk.type} chunk is damaged`);
    if (chunk.type === 'IEND') return chunks;
    chunks.push(chunk);
    at = end;
  }
  return checks.fail('its data is cut off');
}

async function readProfile(iccp: Bytes | undefined, checks: HeaderChecks): Promise<Bytes | undefined> {
  if (!iccp) return undefined;
  const nameEnd = iccp.indexOf(0);
  if (nameEnd < 0) return checks.fail('its colour profile is damaged');
  return inflateAll(iccp.subarray(nameEnd + 2), profileLimit).catch(() => checks.fail('its colour profile is damaged'));
}

/** The packet of an iTXt chunk: keyword, 0, compressed?, method, language, 0, translated keyword, 0, text. */
async function readXmp(chunks: readonly Chunk[]): Promise<Bytes | undefined> {
  const found = chunks.find(({ type, data }) => type === 'iTXt' && textAt(data, 0, pngXmpKeyword.length + 1) === `${pngXmpKeyword}\0`);
  if (!found) return undefined;
  const { data } = found;
  const language = data.indexOf(0, pngXmpKeyword.length + 3);
  const text = data.subarray(data.indexOf(0, language + 1) + 1);
  return data[pngXmpKeyword.length + 1] === 1 ? inflateAll(text, profileLimit).catch(() => undefined) : joinBytes([text]);
}

function readDensity(phys: Bytes | undefined): number | undefined {
  if (!phys || phys.byteLength < 9 || phys[8] !== 1) return undefined;
  return Math.round((viewOf(phys).getUint32(0) / inchesPerMetre) * 100) / 100;
}

function reductions(pages: number, cicp: Bytes | undefined): Warning[] {
  const warnings: Warning[] = [];
  if (pages > 1) warnings.push(sourceReduced(`The picture has ${pages} frames; only the first was read.`, { pages }));
  if (cicp && (cicp[0] !== 1 || cicp[1] !== 13)) {
    warnings.push(sourceReduced('The picture gives its colour space in a cICP chunk, which is not kept; the values are taken for sRGB.', {
      primaries: cicp[0], transfer: cicp[1],
    }));
  }
  return warnings;
}
