import type { Warning } from '@deblur/core';
import { textAt, viewOf } from '../bytes.ts';
import type { Bytes } from '../bytes.ts';
import { sourceReduced } from '../source-reduced.ts';
import { describePicture } from './describe-picture.ts';
import { childrenOf, propertyIndices, splitBoxes } from './heif-boxes.ts';
import type { HeifBox } from './heif-boxes.ts';
import { displayP3Profile } from './icc-profile.ts';
import type { CanvasColourSpace } from './icc-profile.ts';
import type { HeaderChecks, PictureFacts } from './picture-facts.ts';

const avifBrands = /avif|avis/;
/** EXIF orientation that equals a quarter-turn count anticlockwise (`irot`). */
const turns = [1, 8, 3, 6] as const;

/** Reads the header of an AVIF or HEIC (ISO/IEC 23008-12). The runtime's decoder turns these itself, by `irot` and `imir`. */
export function readHeifFacts(bytes: Bytes, checks: HeaderChecks): PictureFacts {
  const format = avifBrands.test(textAt(bytes, 8, Math.min(56, viewOf(bytes).getUint32(0) - 8))) ? 'avif' : 'heic';
  const boxes = splitBoxes(bytes, 0);
  if (!boxes) return checks.fail('its data is cut off');
  const meta = childrenOf(bytes, boxes.find(({ type }) => type === 'meta'), 4);
  const find = (list: readonly HeifBox[], name: string): HeifBox | undefined => list.find(({ type }) => type === name);
  const all = childrenOf(bytes, find(meta, 'iprp'), 0);
  const stored = childrenOf(bytes, find(all, 'ipco'), 0);
  const pitm = find(meta, 'pitm');
  const primary = pitm ? (pitm.data[0] === 0 ? viewOf(pitm.data).getUint16(4) : viewOf(pitm.data).getUint32(4)) : 0;
  const propertiesOf = (item: number): HeifBox[] => propertyIndices(find(all, 'ipma'), item).flatMap((index) => stored[index - 1] ?? []);
  const properties = propertiesOf(primary);
  const extents = find(properties, 'ispe');
  if (!extents || extents.data.byteLength < 12) return checks.fail('its header is damaged');
  const size = { width: viewOf(extents.data).getUint32(4), height: viewOf(extents.data).getUint32(8) };
  checks.size(size.width, size.height);
  const turn = turns[(find(properties, 'irot')?.data[0] ?? 0) & 3]!;
  const turned = turn > 4 ? { width: size.height, height: size.width } : size;
  const references = alphaReferences(childrenOf(bytes, find(meta, 'iref'), 4), primary, propertiesOf);
  const profiles = properties.filter(({ type, data }) => type === 'colr' && /prof|rICC/.test(textAt(data, 0, 4)));
  const colour = profiles.length > 0 ? 'srgb' : codedColour(find(properties, 'colr'));
  const icc = profiles[0]?.data.slice(4) ?? (colour === 'display-p3' ? displayP3Profile() : undefined);
  const bits = find(properties, 'pixi')?.data[5] ?? 8;
  const alpha = references.length > 0;
  const info = describePicture({ ...turned, channels: 3, alpha, type: 'uint8', format, space: 'srgb', pages: 1, orientation: 1 });
  return {
    info, stored: turned, ...(icc && { icc }), metadata: {},
    warnings: reductions(bits, find(meta, 'iinf'), colour === 'other'),
    pixels: {
      kind: 'coded', mime: `image/${format}`, managed: colour === 'other', colour: blank(bytes, [...profiles, ...references]),
      ...(alpha && { opacity: blank(bytes, profiles) }),
    },
  };
}

/** References that give the primary item its opacity, or say that it is multiplied with it. */
function alphaReferences(references: readonly HeifBox[], primary: number, propertiesOf: (item: number) => readonly HeifBox[]): HeifBox[] {
  return references.filter(({ type, data }) => {
    if (data.byteLength < 6 || type !== 'auxl') return false;
    const view = viewOf(data);
    const kind = propertiesOf(view.getUint16(0)).find((property) => property.type === 'auxC');
    return view.getUint16(4) === primary && kind !== undefined && /alpha|auxid:1/.test(textAt(kind.data, 4, kind.data.byteLength - 4));
  });
}

/** A copy in which the decoder does not see these boxes. */
function blank(bytes: Bytes, boxes: readonly HeifBox[]): Bytes {
  const copy = Uint8Array.from(bytes);
  for (const { typeOffset } of boxes) copy.set(new TextEncoder().encode('free'), typeOffset);
  return copy;
}

/** What a `colr` box without a profile says of the values (ITU-T H.273): most curves are near that of sRGB, not linear and HDR ones. */
function codedColour(box: HeifBox | undefined): CanvasColourSpace | 'other' {
  if (!box || textAt(box.data, 0, 4) !== 'nclx' || box.data.byteLength < 8) return 'srgb';
  const [primaries, transfer] = [viewOf(box.data).getUint16(4), viewOf(box.data).getUint16(6)];
  if (![1, 2, 6, 13].includes(transfer)) return 'other';
  return primaries === 1 || primaries === 2 ? 'srgb' : primaries === 12 ? 'display-p3' : 'other';
}

function reductions(bits: number, items: HeifBox | undefined, converted: boolean): Warning[] {
  const warnings: Warning[] = [];
  if (bits > 8) warnings.push(sourceReduced(`The picture has ${bits} bits a sample; it was read as 8-bit.`, { bitsPerSample: bits }));
  const text = items ? textAt(items.data, 0, Math.min(items.data.byteLength, 8192)) : '';
  if (text.includes('Exif') || text.includes('application/rdf+xml')) {
    warnings.push(sourceReduced('EXIF and XMP of AVIF and HEIC are not read; they are left out.'));
  }
  if (converted) warnings.push(sourceReduced('The picture is stored in a wide or HDR colour space without a profile; it was read as sRGB, as well as the decoder converts.'));
  return warnings;
}
