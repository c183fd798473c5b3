import { check, checkEqual } from '../assertions.ts';
import { decodeBase64 } from '../backend/fixtures/decode.ts';
import type { PixelImage, SampleArray, SampleType } from '@deblur/core';
import type { StoredPicture } from './fixtures/stored-picture.ts';

const arrays = { uint8: Uint8Array, uint16: Uint16Array, float32: Float32Array } as const;

/** Samples from base64. */
function decodeSamples(text: string, type: SampleType): SampleArray {
  return new arrays[type](decodeBase64(text).buffer);
}

/** The picture a fixture says, without decoding it: codecs can write more kinds of pixels than they read. */
export function imageOf({ width, height, channels, type, data, alpha }: StoredPicture): PixelImage {
  return {
    width, height, channels, transfer: 'srgb', data: decodeSamples(data, type), ...(alpha && { alpha: decodeSamples(alpha, type) }),
  };
}

/** Fails unless two runs of samples have one type and length and differ by at most `tolerance`. */
function checkSamples(actual: SampleArray, expected: SampleArray, tolerance: number, what: string): void {
  checkEqual(actual.constructor.name.replace('Buffer', 'Uint8Array'), expected.constructor.name, `The array type of ${what}`);
  checkEqual(actual.length, expected.length, `The number of samples of ${what}`);
  for (let i = 0; i < expected.length; i++) {
    check(Math.abs(actual[i]! - expected[i]!) <= tolerance, `Sample ${i} of ${what} is ${actual[i]}, expected ${expected[i]} ± ${tolerance}.`);
  }
}

/** Fails unless a picture is the one a fixture says. Opacity that is full everywhere may be there or not. */
export function checkPicture(actual: PixelImage, expected: StoredPicture): void {
  const { file, width, height, channels, type, tolerance } = expected;
  checkEqual(`${actual.width}×${actual.height}×${actual.channels}`, `${width}×${height}×${channels}`, `The size of ${file}`);
  checkSamples(actual.data, decodeSamples(expected.data, type), tolerance, file);
  const full = new arrays[type](width * height).fill(type === 'uint8' ? 255 : type === 'uint16' ? 65535 : 1);
  if (expected.alpha) checkSamples(actual.alpha ?? full, decodeSamples(expected.alpha, type), 0, `the opacity of ${file}`);
  else if (actual.alpha) checkSamples(actual.alpha, full, 0, `the opacity of ${file}`);
}

/** Fails unless two pictures agree within `tolerance`, opacity exactly. */
export function checkSame(actual: PixelImage, expected: PixelImage, tolerance: number, what: string): void {
  checkEqual(`${actual.width}×${actual.height}×${actual.channels}`, `${expected.width}×${expected.height}×${expected.channels}`, `The size of ${what}`);
  checkSamples(actual.data, expected.data, tolerance, what);
  checkEqual(actual.alpha !== undefined, expected.alpha !== undefined, `Opacity in ${what}`);
  if (actual.alpha && expected.alpha) checkSamples(actual.alpha, expected.alpha, 0, `the opacity of ${what}`);
}

/** Fails unless two blocks of bytes are equal. */
export function checkBytes(actual: Uint8Array | undefined, expected: Uint8Array | undefined, what: string): void {
  checkEqual(actual?.length, expected?.length, `The length of ${what}`);
  if (actual && expected) check(actual.every((byte, i) => byte === expected[i]), `${what} was changed.`);
}
