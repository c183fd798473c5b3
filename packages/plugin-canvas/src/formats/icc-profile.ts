import { joinBytes, latin1, textAt, viewOf } from '../bytes.ts';
import type { Bytes } from '../bytes.ts';
import { profileFits } from './profile-fits.ts';

/** Colour spaces that canvases have. */
export type CanvasColourSpace = 'srgb' | 'display-p3';

/** Red, green and blue of each space, as XYZ adapted to D50, to four digits (CSS Color 4; ICC sRGB profile). */
const colorants: Readonly<Record<CanvasColourSpace, readonly number[]>> = {
  srgb: [0.4361, 0.2225, 0.0139, 0.3851, 0.7169, 0.0971, 0.1431, 0.0606, 0.7139],
  'display-p3': [0.5151, 0.2412, -0.0011, 0.292, 0.6922, 0.0419, 0.1571, 0.0666, 0.7841],
};
const colorantTolerance = 0.002;
const curveTolerance = 0.004;

/**
 * The canvas colour space a profile describes: its primaries and, at three points, the sRGB curve.
 * @returns undefined for any other profile; `srgb` without one
 */
export function canvasColourSpace(icc: Uint8Array | undefined): CanvasColourSpace | undefined {
  if (!icc) return 'srgb';
  if (icc.byteLength < 132 || !profileFits(icc, 3)) return undefined;
  const primaries = ['rXYZ', 'gXYZ', 'bXYZ'].flatMap((name) => readXyz(findTag(icc, name)));
  const curve = findTag(icc, 'rTRC');
  const isSrgbCurve = curve !== undefined && [0.2, 0.5, 0.8].every((value) => {
    const light = evaluateCurve(curve, value);
    return light !== undefined && Math.abs(light - ((value + 0.055) / 1.055) ** 2.4) < curveTolerance;
  });
  if (!isSrgbCurve || primaries.length !== 9) return undefined;
  const spaces = Object.keys(colorants) as CanvasColourSpace[];
  return spaces.find((space) => colorants[space].every((value, i) => Math.abs(value - primaries[i]!) < colorantTolerance));
}

function findTag(icc: Uint8Array, name: string): Uint8Array | undefined {
  const view = viewOf(icc);
  for (let i = 0, at = 132; i < view.getUint32(128) && at + 12 <= icc.byteLength; i++, at += 12) {
    if (textAt(icc, at, 4) === name) return icc.subarray(view.getUint32(at + 4), view.getUint32(at + 4) + view.getUint32(at + 8));
  }
  return undefined;
}

function readXyz(tag: Uint8Array | undefined): number[] {
  if (!tag || tag.byteLength < 20) return [];
  return [8, 12, 16].map((at) => viewOf(tag).getInt32(at) / 65536);
}

/** A `para` or `curv` tag at a value in [0,1] (ICC.1, 10.6 and 10.18); undefined for what it does not know. */
function evaluateCurve(tag: Uint8Array, value: number): number | undefined {
  const view = viewOf(tag);
  if (tag.byteLength < 12) return undefined;
  if (textAt(tag, 0, 4) === 'curv') {
    const count = view.getUint32(8);
    if (count < 2 || tag.byteLength < 12 + 2 * count) return count === 1 ? value ** (view.getUint16(12) / 256) : undefined;
    const position = value * (count - 1);
    const low = Math.floor(position);
    const [a, b] = [low, Math.min(count - 1, low + 1)].map((i) => view.getUint16(12 + 2 * i) / 65535);
    return a! + (b! - a!) * (position - low);
  }
  if (textAt(tag, 0, 4) !== 'para' || view.getUint16(8) !== 3 || tag.byteLength < 32) return undefined;
  const [g, a, b, c, d] = [0, 1, 2, 3, 4].map((i) => view.getInt32(12 + 4 * i) / 65536) as [number, number, number, number, number];
  return value >= d ? (a * value + b) ** g : c * value;
}

/** A profile of Display P3 (matrix and sRGB curve, ICC.1:2010 version 4). */
export function displayP3Profile(): Bytes {
  const s15 = (values: readonly number[]): Bytes => {
    const bytes = new Uint8Array(4 * values.length);
    values.forEach((value, i) => viewOf(bytes).setInt32(4 * i, Math.round(value * 65536)));
    return bytes;
  };
  const tag = (type: string, ...parts: Uint8Array[]): Bytes => joinBytes([latin1(type), new Uint8Array(4), ...parts]);
  const xyz = (values: readonly number[]): Bytes => tag('XYZ ', s15(values));
  const text = (words: string): Bytes => {
    const head = new Uint8Array(20);
    const view = viewOf(head);
    [1, 12, 0x656e5553, 2 * words.length, 28].forEach((value, i) => view.setUint32(4 * i, value));
    return tag('mluc', head, Uint8Array.from([...words].flatMap((letter) => [0, letter.charCodeAt(0)])));
  };
  const p3 = colorants['display-p3'];
  const curve = tag('para', Uint8Array.of(0, 3, 0, 0), s15([2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045]));
  const adaptation = tag('sf32', s15([1.04788, 0.02292, -0.05022, 0.02959, 0.99048, -0.01707, -0.00925, 0.01508, 0.75168]));
  const tags: [string, Bytes][] = [
    ['desc', text('Display P3')], ['cprt', text('No copyright')], ['wtpt', xyz([0.9642, 1, 0.8249])], ['chad', adaptation],
    ['rXYZ', xyz(p3.slice(0, 3))], ['gXYZ', xyz(p3.slice(3, 6))], ['bXYZ', xyz(p3.slice(6))],
    ['rTRC', curve], ['gTRC', curve], ['bTRC', curve],
  ];
  const padded = tags.map(([, data]) => joinBytes([data, new Uint8Array(-data.byteLength & 3)]));
  const table = new Uint8Array(4 + 12 * tags.length);
  viewOf(table).setUint32(0, tags.length);
  let offset = 128 + table.byteLength;
  tags.forEach(([name, data], i) => {
    table.set(latin1(name), 4 + 12 * i);
    viewOf(table).setUint32(8 + 12 * i, offset);
    viewOf(table).setUint32(12 + 12 * i, data.byteLength);
    offset += padded[i]!.byteLength;
  });
  const header = new Uint8Array(128);
  viewOf(header).setUint32(0, offset);
  viewOf(header).setUint32(8, 0x04000000);
  header.set(latin1('mntrRGB XYZ '), 12);
  header.set(latin1('acsp'), 36);
  header.set(s15([0.9642, 1, 0.8249]), 68);
  return joinBytes([header, table, ...padded]);
}
