import { expect, it } from 'vitest';
import { createDeblur } from './deblur.ts';
import { fakeBackend, fakeModel, identity } from './testing/fake-backend.ts';
import { psnr, ssim } from './index.ts';

it('runs the whole pipeline in a browser: verified weights, golden tile, tiles, working scale, metrics', async () => {
  const data = Uint8Array.from({ length: 150 * 110 * 3 }, (_, i) => (i * 7919 + (i >> 5) * 31) % 256);
  const picture = { width: 150, height: 110, channels: 3, data, transfer: 'srgb' } as const;
  const deblur = createDeblur({ plugins: [{ specificationVersion: 1, id: 'test', backend: fakeBackend(identity) }] });
  const model = await fakeModel({}, true);
  for (const scale of [1, 0.5] as const) {
    const { image, tiles, warnings } = await deblur.run(picture, { model, tile: 48, scale });
    expect(warnings).toEqual([]);
    expect(tiles.count).toBeGreaterThan(scale === 1 ? 8 : 1);
    expect(psnr(image!, picture)).toBe(Infinity);
    expect(ssim(image!, picture)).toBe(1);
  }
  await deblur.dispose();
});
