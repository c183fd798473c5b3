import { DeblurError, psnr } from '@deblur/core';
import type { PixelImage } from '@deblur/core';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayP3Profile } from './formats/icc-profile.ts';
import { createCanvasCodec } from './index.ts';
import { difference, interleaved, readPicture, writePicture } from './testing/read-pixels.ts';
import { storedPicture } from './testing/stored-pictures.ts';
import type { PictureName } from './testing/stored-pictures.ts';

const codec = createCanvasCodec();

describe('pixels as libvips reads them', () => {
  it.each<PictureName>([
    'losslessWebp', 'nearLosslessWebp', 'paletteWebp', 'lossyWebp', 'avif', 'interlacedPng', 'palettePng', 'interlacedDeepPng',
  ])('%s, opacity and the colours of translucent pixels too', async (name) => {
    const stored = storedPicture(name);
    const { image, warnings } = await readPicture(codec, stored.encoded);
    expect(`${image.width}×${image.height}`).toBe(`${stored.width}×${stored.height}`);
    expect(difference(interleaved(image), stored.data)).toEqual({ colour: 0, opacity: 0 });
    expect(warnings).toEqual([]);
  });
});

describe('the colour space an AVIF gives by numbers', () => {
  const withColour = (primaries: number, transfer: number): Uint8Array => {
    const bytes = storedPicture('taggedAvif').encoded;
    const at = String.fromCharCode(...bytes).indexOf('nclx');
    expect(at).toBeGreaterThan(0);
    bytes[at + 5] = primaries;
    bytes[at + 7] = transfer;
    return bytes;
  };
  it('is kept where it is Display P3', async () => {
    const { image: untagged } = await readPicture(codec, withColour(1, 13));
    const { image, warnings } = await readPicture(codec, withColour(12, 13));
    expect(image.icc).toEqual(displayP3Profile());
    expect(untagged.icc).toBeUndefined();
    expect(image.data).toEqual(untagged.data);
    expect(warnings).toEqual([]);
  });
  it('is read as sRGB with a warning where it is wider or HDR', async () => {
    const { image, warnings } = await readPicture(codec, withColour(9, 16));
    expect(image.icc).toBeUndefined();
    expect(warnings).toMatchObject([{ code: 'source-reduced', message: expect.stringContaining('read as sRGB') }]);
  });
});

const pictures = fc.record({
  width: fc.integer({ min: 1, max: 40 }), height: fc.integer({ min: 1, max: 40 }), channels: fc.constantFrom(1 as const, 3 as const),
  alpha: fc.boolean(), colours: fc.constantFrom(2, 5, 256), seed: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
}).map(({ width, height, channels, alpha, colours, seed }): PixelImage => {
  let state = seed;
  const sample = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor(((state >>> 16) % colours) * (255 / (colours - 1)));
  };
  const image: PixelImage = { width, height, channels, transfer: 'srgb', data: Uint8Array.from({ length: width * height * channels }, sample) };
  return alpha ? { ...image, alpha: Uint8Array.from({ length: width * height }, sample) } : image;
});

describe('what is written and read again', () => {
  it('is the same in PNG and lossless WebP, for any size and number of colours', async () => {
    await fc.assert(fc.asyncProperty(pictures, async (image) => {
      const { image: png } = await readPicture(codec, (await writePicture(codec, image, 'png')).data);
      expect(interleaved(png)).toEqual(interleaved(image));
      const { image: webp } = await readPicture(codec, (await writePicture(codec, image, 'webp', true)).data);
      const rgb = image.channels === 3 ? image.data : Uint8Array.from({ length: image.data.length * 3 }, (_, i) => image.data[Math.floor(i / 3)]!);
      expect(webp.data).toEqual(rgb);
      expect(webp.alpha ?? webp.data.subarray(0, 0)).toEqual(image.alpha ?? webp.data.subarray(0, 0));
    }), { numRuns: 60 });
  });

  it('keeps opacity exactly in lossy WebP, and colours of translucent pixels near', async () => {
    const stored = storedPicture('lossyWebp');
    const { image } = await readPicture(codec, stored.encoded);
    const { data, warnings } = await writePicture(codec, image, 'webp');
    const { image: again } = await readPicture(codec, data);
    expect(again.alpha).toEqual(image.alpha);
    expect(psnr({ ...again, alpha: undefined }, { ...image, alpha: undefined })).toBeGreaterThan(30);
    expect(warnings).toEqual([]);
  });
});

it('answers damaged pictures with errors of its own, or pixels', async () => {
  const names: PictureName[] = ['losslessWebp', 'paletteWebp', 'lossyWebp', 'avif', 'interlacedPng', 'palettePng'];
  const damages = fc.record({
    name: fc.constantFrom(...names), length: fc.double({ min: 0, max: 1, noNaN: true }), cut: fc.boolean(),
    changes: fc.array(fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 5 }),
  });
  await fc.assert(fc.asyncProperty(damages, async ({ name, length, cut, changes }) => {
    const bytes = storedPicture(name).encoded;
    for (const [position, value] of changes) bytes[Math.floor(position * bytes.length)] = value;
    const damaged = cut ? bytes.slice(0, Math.floor(length * bytes.length)) : bytes;
    const error: unknown = await readPicture(codec, damaged, { metadata: true, limits: { pixels: 10_000 } }).then(() => undefined, (reason: unknown) => reason);
    if (error !== undefined) expect(DeblurError.isInstance(error) && ['image-unreadable', 'limit-exceeded']).toContain((error as DeblurError).code);
  }), { numRuns: 150 });
});
