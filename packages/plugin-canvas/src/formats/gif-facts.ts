import { viewOf } from '../bytes.ts';
import type { Bytes } from '../bytes.ts';
import { sourceReduced } from '../source-reduced.ts';
import { describePicture } from './describe-picture.ts';
import type { HeaderChecks, PictureFacts } from './picture-facts.ts';

const tableBytes = (flags: number): number => ((flags & 0x80) === 0 ? 0 : 3 << ((flags & 7) + 1));

/** Reads the header of a GIF and counts its frames (GIF89a specification). */
export function readGifFacts(bytes: Bytes, checks: HeaderChecks): PictureFacts {
  if (bytes.byteLength < 13) return checks.fail('its header is cut off');
  const view = viewOf(bytes);
  const [width, height] = [view.getUint16(6, true), view.getUint16(8, true)];
  checks.size(width, height);
  let at = 13 + tableBytes(bytes[10]!);
  let pages = 0;
  let transparent = false;
  let alpha = false;
  const skipBlocks = (): void => {
    while (at < bytes.byteLength && bytes[at] !== 0) at += bytes[at]! + 1;
    at++;
  };
  while (at < bytes.byteLength && bytes[at] !== 0x3b) {
    const kind = bytes[at];
    if (kind === 0x21) {
      if (bytes[at + 1] === 0xf9) transparent = (bytes[at + 3]! & 1) === 1;
      at += 2;
      skipBlocks();
    } else if (kind === 0x2c && at + 10 <= bytes.byteLength) {
      const fills = view.getUint32(at + 1) === 0 && view.getUint16(at + 5, true) >= width && view.getUint16(at + 7, true) >= height;
      if (pages === 0) alpha = transparent || !fills;
      pages++;
      at += 11 + tableBytes(bytes[at + 9]!);
      skipBlocks();
    } else return checks.fail('its blocks are damaged');
  }
  if (at >= bytes.byteLength || pages === 0) return checks.fail('its data is cut off');
  return {
    info: describePicture({ width, height, channels: 3, alpha, type: 'uint8', format: 'gif', space: 'srgb', pages }),
    stored: { width, height },
    metadata: {},
    warnings: pages > 1 ? [sourceReduced(`The picture has ${pages} frames; only the first was read.`, { pages })] : [],
    pixels: { kind: 'coded', mime: 'image/gif', colour: bytes, ...(alpha && { opacity: bytes }), managed: false },
  };
}
