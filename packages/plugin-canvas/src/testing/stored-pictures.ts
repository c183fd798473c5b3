import pictures from '../fixtures/pictures.json' with { type: 'json' };
import type { Bytes } from '../bytes.ts';

/** A picture that sharp encoded, and what sharp reads from it. */
export interface StoredPicture {
  readonly encoded: Bytes;
  readonly width: number;
  readonly height: number;
  /** Interleaved RGBA. */
  readonly data: Uint8Array | Uint16Array;
}

/** Names of the stored pictures. */
export type PictureName = keyof typeof pictures;

function decodeBase64(text: string): Bytes {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

/** A stored picture; all have opacity. */
export function storedPicture(name: PictureName): StoredPicture {
  const { encoded, width, height, bits, data } = pictures[name];
  const bytes = decodeBase64(data);
  return { encoded: decodeBase64(encoded), width, height, data: bits === 16 ? new Uint16Array(bytes.buffer) : bytes };
}
