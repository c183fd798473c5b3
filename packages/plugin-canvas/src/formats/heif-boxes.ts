import { textAt, viewOf } from '../bytes.ts';
import type { Bytes } from '../bytes.ts';

/** One box of an ISO base media file (ISO/IEC 14496-12). */
export interface HeifBox {
  readonly type: string;
  /** Offset of the four letters of the type, within the whole file. */
  readonly typeOffset: number;
  readonly data: Bytes;
}

/** The boxes in a run of bytes; undefined if one reaches beyond it. `base` is where the run lies in the file. */
export function splitBoxes(bytes: Bytes, base: number): HeifBox[] | undefined {
  const view = viewOf(bytes);
  const boxes: HeifBox[] = [];
  for (let at = 0; at < bytes.byteLength; ) {
    if (at + 8 > bytes.byteLength) return undefined;
    let length = view.getUint32(at);
    let head = 8;
    if (length === 1) {
      if (at + 16 > bytes.byteLength) return undefined;
      length = Number(view.getBigUint64(at + 8));
      head = 16;
    } else if (length === 0) length = bytes.byteLength - at;
    if (length < head || at + length > bytes.byteLength) return undefined;
    boxes.push({ type: textAt(bytes, at + 4, 4), typeOffset: base + at + 4, data: bytes.subarray(at + head, at + length) });
    at += length;
  }
  return boxes;
}

/** The boxes in another, behind `skip` bytes of its own fields. */
export function childrenOf(file: Bytes, box: HeifBox | undefined, skip: number): HeifBox[] {
  if (!box) return [];
  return splitBoxes(box.data.subarray(skip), box.data.byteOffset - file.byteOffset + skip) ?? [];
}

/** Indices (from 1) of the properties of an item, from an `ipma` box (ISO/IEC 23008-12, 9.3). */
export function propertyIndices(ipma: HeifBox | undefined, item: number): number[] {
  if (!ipma) return [];
  const view = viewOf(ipma.data);
  const [version, wide] = [view.getUint8(0), (view.getUint8(3) & 1) === 1];
  let at = 8;
  for (let entry = view.getUint32(4); entry > 0 && at + 3 <= view.byteLength; entry--) {
    const id = version < 1 ? view.getUint16(at) : view.getUint32(at);
    at += version < 1 ? 2 : 4;
    const count = view.getUint8(at++);
    const size = wide ? 2 : 1;
    if (at + count * size > view.byteLength) return [];
    if (id === item) {
      return Array.from({ length: count }, (_, i) => (wide ? view.getUint16(at + 2 * i) & 0x7fff : view.getUint8(at + i) & 0x7f));
    }
    at += count * size;
  }
  return [];
}
