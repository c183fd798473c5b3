import { UnsupportedError } from '@deblur/core';
import type sharp from 'sharp';

/** The module `sharp` as its default export gives it. */
export type SharpModule = typeof sharp;

/**
 * Imports sharp, the peer dependency.
 * @throws UnsupportedError if it is not installed or has no binary for this platform
 */
export async function loadSharp(): Promise<SharpModule> {
  try {
    return (await import('sharp')).default;
  } catch (cause) {
    throw new UnsupportedError(
      'sharp, which reads and writes the pictures, could not be loaded. Install it beside @deblur/plugin-sharp ' +
        '("npm install sharp"), or pass the module: sharpCodec({ sharp }).',
      { cause },
    );
  }
}
