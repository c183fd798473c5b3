import { UnsupportedError } from '@deblur/core';
import { expect, it, vi } from 'vitest';
import { sharpCodec } from './index.ts';

vi.mock('sharp', () => {
  throw new Error("Cannot find module 'sharp'");
});

it('says how to install sharp where it is missing, and only when a picture is asked for', async () => {
  const codec = sharpCodec().codec!;
  const refused = codec.probe(new Uint8Array([1, 2, 3]));
  await expect(refused).rejects.toThrow(UnsupportedError);
  await expect(refused).rejects.toThrow(/npm install sharp/);
});
