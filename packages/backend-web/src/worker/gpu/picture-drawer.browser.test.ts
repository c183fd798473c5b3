import { expect, it } from 'vitest';
import { createPictureDrawer } from './picture-drawer.ts';
import { readTexture } from './read-back.ts';
import { softPicture } from '../../testing/bitmap-pixels.ts';
import { textureUsage } from './webgpu-flags.ts';

it('draws a texture pixel by pixel, premultiplied', async () => {
  const device = await (await navigator.gpu.requestAdapter())!.requestDevice();
  const picture = softPicture(37, 21);
  for (let i = 0; i < 37 * 21; i++) picture.data[i * 4 + 3] = (i * 5) % 256;
  const { textureBinding, copyTarget, copySource, renderAttachment } = textureUsage;
  const texture = (usage: number): GPUTexture => device.createTexture({ size: [37, 21], format: 'rgba8unorm', usage });
  const from = texture(textureBinding | copyTarget);
  const onto = texture(renderAttachment | copySource);
  device.queue.writeTexture({ texture: from }, picture.data as Uint8ClampedArray<ArrayBuffer>, { bytesPerRow: 37 * 4 }, [37, 21]);
  createPictureDrawer(device, 'rgba8unorm')(from, onto);
  const drawn = await readTexture(device, onto);
  device.destroy();
  const expected = picture.data.map((value, i) => (i % 4 === 3 ? value : Math.round((value * picture.data[i - (i % 4) + 3]!) / 255)));
  expect(Math.max(...expected.map((value, i) => Math.abs(value - drawn[i]!)))).toBeLessThanOrEqual(1);
});
