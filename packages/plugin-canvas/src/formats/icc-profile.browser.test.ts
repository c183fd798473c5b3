import { expect, it } from 'vitest';
import { createCanvasCodec } from '../index.ts';
import { writePicture } from '../testing/read-pixels.ts';
import { canvasColourSpace, displayP3Profile } from './icc-profile.ts';

it('makes a Display P3 profile that colour management takes for one', async () => {
  const icc = displayP3Profile();
  const { data } = await writePicture(createCanvasCodec(), { width: 1, height: 1, channels: 3, transfer: 'srgb', data: Uint8Array.of(200, 100, 50), icc }, 'png');
  const bitmap = await createImageBitmap(new Blob([data], { type: 'image/png' }));
  const context = new OffscreenCanvas(1, 1).getContext('2d')!;
  context.drawImage(bitmap, 0, 0);
  // Little CMS gives (215, 93, 31), as do the matrices of CSS Color 4.
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  expect(Math.max(Math.abs(red! - 215), Math.abs(green! - 93), Math.abs(blue! - 31))).toBeLessThanOrEqual(1);
});

it('knows profiles of canvas colour spaces from others', () => {
  expect(canvasColourSpace(undefined)).toBe('srgb');
  const p3 = displayP3Profile();
  expect(canvasColourSpace(p3)).toBe('display-p3');
  const gamma = Uint8Array.from(p3);
  const curve = String.fromCharCode(...p3).indexOf('para');
  new DataView(gamma.buffer).setInt32(curve + 12, 65536 * 1.8);
  expect(canvasColourSpace(gamma)).toBeUndefined();
  expect(canvasColourSpace(p3.slice(0, 200))).toBeUndefined();
});
