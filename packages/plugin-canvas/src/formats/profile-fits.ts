import { textAt } from '../bytes.ts';

/** True if a profile is for such pixels: its data colour space (ICC.1, bytes 16–19) is grey or RGB. */
export function profileFits(icc: Uint8Array, channels: 1 | 3): boolean {
  return textAt(icc, 16, 4) === (channels === 1 ? 'GRAY' : 'RGB ');
}
