import { expect, it, vi } from 'vitest';
import { createCanvasCodec } from '../index.ts';
import { storedPicture } from '../testing/stored-pictures.ts';

vi.mock('@napi-rs/canvas', () => {
  throw new Error("Cannot find module '@napi-rs/canvas'");
});

it('says how to install @napi-rs/canvas where it is missing; PNG and lossless WebP do without', async () => {
  const codec = createCanvasCodec();
  await expect(codec.open(storedPicture('lossyWebp').encoded)).rejects.toMatchObject({
    code: 'unsupported', message: expect.stringContaining('npm install @napi-rs/canvas'),
  });
  for (const name of ['losslessWebp', 'interlacedPng'] as const) {
    const reader = await codec.open(storedPicture(name).encoded);
    expect((await reader.read(1))?.width).toBe(37);
    await reader.close();
  }
});
