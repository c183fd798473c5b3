import type { PixelImage } from '@deblur/core';
import { describe, expect, it } from 'vitest';
import { viewOf } from './bytes.ts';
import { displayP3Profile } from './formats/icc-profile.ts';
import { resetExifOrientation } from './formats/exif-orientation.ts';
import { createCanvasCodec } from './index.ts';
import { readPicture, writePicture } from './testing/read-pixels.ts';

const codec = createCanvasCodec();
const image: PixelImage = { width: 24, height: 16, channels: 3, transfer: 'srgb', data: new Uint8Array(24 * 16 * 3).fill(90) };
const xmp = new TextEncoder().encode('<x:xmpmeta xmlns:x="adobe:ns:meta/"><d tiff:Orientation="6"/></x:xmpmeta>');

/** An EXIF block of one entry: orientation. */
function exifOf(orientation: number, littleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(32);
  bytes.set(new TextEncoder().encode(littleEndian ? 'Exif\0\0II' : 'Exif\0\0MM'));
  const view = viewOf(bytes.subarray(6));
  view.setUint16(2, 42, littleEndian);
  view.setUint32(4, 8, littleEndian);
  view.setUint16(8, 1, littleEndian);
  view.setUint16(10, 0x0112, littleEndian);
  view.setUint16(12, 3, littleEndian);
  view.setUint32(14, 1, littleEndian);
  view.setUint16(18, orientation, littleEndian);
  return bytes;
}

/** A profile too large for one segment of a JPEG. */
function largeProfile(): Uint8Array {
  const profile = new Uint8Array(150_000).map((_, i) => i % 251);
  profile.set(displayP3Profile());
  viewOf(profile).setUint32(0, profile.byteLength);
  return profile;
}

describe('profile and metadata', () => {
  it.each([['jpeg', false], ['png', false], ['webp', false], ['webp', true]] as const)('go through %s (lossless: %s)', async (format, lossless) => {
    for (const icc of [displayP3Profile(), largeProfile()]) {
      for (const littleEndian of [true, false]) {
        const metadata = { exif: exifOf(6, littleEndian), xmp, ...(format !== 'webp' && { density: 240 }) };
        const { data, warnings } = await writePicture(codec, { ...image, icc, metadata }, format, lossless);
        const { image: read, info } = await readPicture(codec, data, { metadata: true });
        expect(warnings).toEqual([]);
        expect(info).toMatchObject({ width: 24, height: 16, orientation: 1 });
        expect(read.icc).toEqual(icc);
        expect(read.metadata!.exif).toEqual(exifOf(1, littleEndian));
        expect(new TextDecoder().decode(read.metadata!.xmp)).toBe(new TextDecoder().decode(xmp).replace('"6"', '"1"'));
        expect(read.metadata!.density).toBe(format === 'webp' ? undefined : 240);
        expect((await readPicture(codec, data)).image.metadata).toBeUndefined();
      }
    }
  });

  it('are left out with a warning where they do not fit', async () => {
    const large = { exif: new Uint8Array(70_000), iptc: new Uint8Array(10) };
    const jpeg = await writePicture(codec, { ...image, metadata: large }, 'jpeg');
    expect(jpeg.warnings).toMatchObject([{ code: 'source-reduced', message: expect.stringContaining('EXIF') }]);
    const png = await writePicture(codec, { ...image, metadata: large }, 'png');
    expect(png.warnings).toMatchObject([{ code: 'source-reduced', message: expect.stringContaining('IPTC') }]);
    const webp = await writePicture(codec, { ...image, metadata: { density: 72 } }, 'webp', true);
    expect(webp.warnings).toMatchObject([{ code: 'source-reduced', message: expect.stringContaining('density') }]);
    const grey: PixelImage = { ...image, channels: 1, data: new Uint8Array(24 * 16), icc: displayP3Profile() };
    expect((await writePicture(codec, grey, 'png')).warnings).toMatchObject([{ code: 'source-reduced', message: expect.stringContaining('ICC') }]);
  });

  it('keep an EXIF block that cannot be followed as it is', () => {
    const broken = exifOf(6, true);
    viewOf(broken).setUint32(10, 4_000_000, true);
    expect(resetExifOrientation(broken)).toEqual(broken);
  });
});
