/**
 * Are tiles visible? The convolutional network tiled against untiled, and the default network with two tilings (the
 * picture as it is, and cut by 97 pixels at the left and top, which moves every seam). The difference of the two tilings,
 * amplified ten times, is written to `results/seams-maxim-s1.png`.
 */
import { crop, psnr } from '@deblur/core';
import { fileURLToPath } from 'node:url';
import { createClient } from '../support/client.ts';
import { report } from '../support/results.ts';
import { sharedData } from '../support/shared-data.ts';
import type { PixelImage } from '@deblur/core';

const shift = 97;
const client = createClient();
const photo = await client.read(sharedData('pairs/gopro240/GOPR0374_11_00_st_frame-815_n_avg-10.png'));

const asFloat: PixelImage = { ...photo, data: Float32Array.from(photo.data, (value) => value / 255) };
const untiled = await client.run(asFloat, { model: 'ffdnet-color', tile: 2048, memory: 8e9 });
const tiled = await client.run(asFloat, { model: 'ffdnet-color', tile: 256 });
const convolutional = psnr(tiled.image!, untiled.image!);

const picture = cut(photo, 0, 0, 800, 500);
const whole = (await client.run(picture, { model: 'maxim-s1' })).image!;
const moved = (await client.run(cut(picture, shift, shift, 800 - shift, 500 - shift), { model: 'maxim-s1' })).image!;
const overlap = cut(whole, shift, shift, 800 - shift, 500 - shift);
const inner = (image: PixelImage): PixelImage => cut(image, 32, 32, image.width - 64, image.height - 64);
const difference: PixelImage = {
  ...moved, data: Uint8Array.from(moved.data, (value, i) => Math.max(0, Math.min(255, 128 + 10 * (value - overlap.data[i]!)))),
};
await client.write(difference, fileURLToPath(new URL('../results/seams-maxim-s1.png', import.meta.url)), { overwrite: true });
await client.dispose();

await report('seams', [
  { subject: `ffdnet-color, ${tiled.tiles.count} tiles against ${untiled.tiles.count}`, metric: 'PSNR', value: convolutional, unit: 'dB', target: '≥ 50' },
  { subject: 'maxim-s1, two tilings', metric: 'PSNR', value: psnr(inner(moved), inner(overlap)), unit: 'dB' },
]);

function cut(image: PixelImage, left: number, top: number, width: number, height: number): PixelImage {
  return crop(image, { left, top, width, height });
}
