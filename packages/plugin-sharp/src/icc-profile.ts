/** True if an ICC profile is for such pixels: its data colour space (ICC.1, bytes 16–19) is grey or RGB. */
export function profileFits(icc: Uint8Array, channels: 1 | 3): boolean {
  const space = Buffer.from(icc.subarray(16, 20)).toString('latin1');
  return space === (channels === 1 ? 'GRAY' : 'RGB ');
}
