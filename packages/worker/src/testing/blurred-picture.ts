import type { PixelImage } from '@deblur/core';

/** Boxes of random brightness, smeared over `length` pixels to the right: a picture with straight motion blur. */
export function blurredPicture(width: number, height: number, length = 7): PixelImage {
  const data = new Uint8Array(width * height * 3);
  const sharp = (x: number, y: number): number => (((Math.floor(x / 11) * 73856093) ^ (Math.floor(y / 9) * 19349663)) >>> 3) % 256;
  for (let i = 0; i < data.length; i++) {
    const x = Math.floor(i / 3) % width;
    const y = Math.floor(i / 3 / width);
    let sum = 0;
    for (let step = 0; step < length; step++) sum += sharp(x + step, y);
    data[i] = sum / length;
  }
  return { width, height, channels: 3, data, transfer: 'srgb' };
}
