import fc from 'fast-check';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { resetExifOrientation, resetXmpOrientation } from './exif-orientation.ts';

const pixel = sharp({ create: { width: 8, height: 8, channels: 3, background: '#456' } });

it.each([1, 3, 6, 8])('resets orientation %i and nothing else', async (orientation) => {
  const jpeg = await pixel.clone().withExif({ IFD0: { Make: 'Deblur', Copyright: 'nobody' } }).withMetadata({ orientation }).jpeg().toBuffer();
  const exif = (await sharp(jpeg).metadata()).exif!;
  const reset = resetExifOrientation(exif);
  const changed = [...reset].filter((byte, i) => byte !== exif[i]);
  expect(changed).toEqual(orientation === 1 ? [] : [1]);
  expect(reset).not.toBe(exif);
});

it('follows both byte orders, with and without the prefix of JPEG', () => {
  const big = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];
  const little = [0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0];
  const prefix = [...Buffer.from('Exif\0\0', 'latin1')];
  for (const [block, at] of [[big, 19], [little, 18]] as const) {
    for (const before of [[], prefix]) {
      const reset = resetExifOrientation(Uint8Array.from([...before, ...block]));
      expect(reset[before.length + at]).toBe(1);
    }
  }
});

it('copies what it cannot follow', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
    expect(resetExifOrientation(bytes)).toHaveLength(bytes.length);
  }));
  fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), fc.integer({ min: 0, max: 2 ** 32 - 1 }), (bytes, offset) => {
    const block = Uint8Array.from([0x4d, 0x4d, 0, 42, 0, 0, 0, 0, ...bytes]);
    new DataView(block.buffer).setUint32(4, offset);
    expect(resetExifOrientation(block)).toHaveLength(block.length);
  }));
});

it('resets the orientation in XMP, written as attribute or element', () => {
  const reset = (text: string): string => Buffer.from(resetXmpOrientation(Buffer.from(text))).toString();
  expect(reset('<d tiff:Orientation="6" x="6"/>')).toBe('<d tiff:Orientation="1" x="6"/>');
  expect(reset('<tiff:Orientation>8</tiff:Orientation>é')).toBe('<tiff:Orientation>1</tiff:Orientation>é');
  expect(reset('<d tiff:Orientation="1"/>')).toBe('<d tiff:Orientation="1"/>');
});
