import type { Codec, ImageMetadata, PixelImage, SampleType } from '@deblur/core';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { sharpCodec } from './index.ts';
import { packRows } from './row-packer.ts';

const inFiles = sharpCodec({ inMemoryPixels: 0 }).codec!;
const inMemory = sharpCodec().codec!;

function picture(width: number, height: number, channels: 1 | 3, alpha: boolean, type: SampleType): PixelImage {
  const maximum = { uint8: 255, uint16: 65535, float32: 1 }[type];
  const make = (length: number, seed: number): PixelImage['data'] => {
    const values = Float64Array.from({ length }, (_, i) => ((Math.imul(i + seed, 2654435761) >>> 8) & 0xffff) / 0xffff);
    if (type === 'float32') return Float32Array.from(values);
    return type === 'uint8' ? Uint8Array.from(values, (v) => Math.round(v * maximum)) : Uint16Array.from(values, (v) => Math.round(v * maximum));
  };
  const image: PixelImage = { width, height, channels, transfer: 'srgb', data: make(width * height * channels, 1) };
  return alpha ? { ...image, alpha: make(width * height, 7) } : image;
}

async function encode(codec: Codec, image: PixelImage, format: string, extra: { icc?: Uint8Array; metadata?: ImageMetadata } = {}): Promise<Uint8Array> {
  const type = image.data instanceof Uint8Array ? 'uint8' : image.data instanceof Uint16Array ? 'uint16' : 'float32';
  const { width, height, channels, transfer } = image;
  const writer = await codec.create({ format }, { width, height, channels, transfer, type, alpha: image.alpha !== undefined, ...extra });
  await writer.write(image);
  return (await writer.finish()).data!;
}

describe('many strips', () => {
  const layouts = [1, 3].flatMap((channels) => [false, true].flatMap((alpha) =>
    (['uint8', 'uint16', 'float32'] as const).map((type) => [channels as 1 | 3, alpha, type] as const)));
  it.each(layouts)('keeps %i channel(s), opacity %s, %s in TIFF', async (channels, alpha, type) => {
    const image = picture(701, 403, channels, alpha, type);
    for (const codec of [inFiles, inMemory]) {
      const reader = await codec.open(await encode(codec, image, 'tiff'));
      const read = await reader.read(403);
      expect(Buffer.from(read!.data.buffer).equals(Buffer.from(image.data.buffer))).toBe(true);
      if (alpha) expect(Buffer.from(read!.alpha!.buffer).equals(Buffer.from(image.alpha!.buffer))).toBe(true);
      else expect(read!.alpha).toBeUndefined();
    }
  });
});

it('passes on EXIF, XMP, IPTC and density where the format has them, and says what it has not', async () => {
  const image = picture(20, 10, 3, false, 'uint8');
  const exif = (await sharp(await sharp(image.data, { raw: image }).withMetadata({ density: 300 }).withExif({ IFD0: { Make: 'Deblur' } }).jpeg().toBuffer()).metadata()).exif!;
  const xmp = Buffer.from('<x:xmpmeta xmlns:x="adobe:ns:meta/"><d tiff:Orientation="6"/></x:xmpmeta>');
  const record = [0x1c, 2, 5, 0, 5, ...Buffer.from('title')];
  const iptc = Buffer.from([...Buffer.from('Photoshop 3.0\0' + '8BIM', 'latin1'), 4, 4, 0, 0, 0, 0, 0, record.length, ...record]);
  for (const [format, keepsAll] of [['jpeg', true], ['tiff', false]] as const) {
    const reader = await inFiles.open(await encode(inFiles, image, format, { metadata: { exif, xmp, iptc, density: 300 } }), { metadata: true });
    expect(Buffer.from(reader.metadata?.exif ?? []).includes('Deblur')).toBe(keepsAll);
    expect(Buffer.from(reader.metadata!.xmp!).toString()).toContain('tiff:Orientation="1"');
    expect(Buffer.from(reader.metadata!.iptc ?? []).includes('title')).toBe(keepsAll);
    expect(reader.metadata!.density).toBe(300);
    await reader.close();
  }
  const writer = await inFiles.create({ format: 'tiff' }, { ...image, type: 'uint8', alpha: false, metadata: { exif, iptc } });
  await writer.write(image);
  expect((await writer.finish()).warnings.map(({ message }) => message.slice(0, 4))).toEqual(['EXIF', 'IPTC']);
});

it('leaves out a profile for other pixels and says so', async () => {
  const rgb = picture(20, 10, 3, false, 'uint8');
  const { icc } = await sharp(await sharp(rgb.data, { raw: rgb }).withIccProfile('p3').png().toBuffer()).metadata();
  const writer = await inMemory.create({ format: 'png' }, { width: 20, height: 10, channels: 1, alpha: false, type: 'uint8', transfer: 'srgb', icc: icc! });
  await writer.write(picture(20, 10, 1, false, 'uint8'));
  const { data, warnings } = await writer.finish();
  expect(warnings).toMatchObject([{ code: 'source-reduced' }]);
  expect((await sharp(data).metadata()).icc).toBeUndefined();
});

it('encodes linear light as sRGB', () => {
  const linear: PixelImage = { width: 3, height: 1, channels: 1, transfer: 'linear', data: Float32Array.from([0, 0.2158605, 1]) };
  expect([...packRows(linear, 'uint8', false)]).toEqual([0, 128, 255]);
});

it('keeps memory flat as pictures grow taller', async () => {
  const { spawnSync } = await import('node:child_process');
  const script = (height: number): string => `
    import { sharpCodec } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)};
    import sharp from 'sharp';
    const codec = sharpCodec({ inMemoryPixels: 0 }).codec;
    const description = { width: 4000, height: ${height}, channels: 3, alpha: false, type: 'uint8', transfer: 'srgb' };
    const made = await codec.create({ format: 'png' }, description);
    const band = { ...description, alpha: undefined, height: 100, data: Uint8Array.from({ length: 4000 * 100 * 3 }, (_, i) => (i >> 5) & 255) };
    for (let y = 0; y < ${height}; y += 100) await made.write(band);
    const reader = await codec.open((await made.finish()).data);
    const writer = await codec.create({ format: 'jpeg' }, description);
    for (let rows = await reader.read(100); rows; rows = await reader.read(100)) await writer.write(rows);
    await writer.finish();
    console.log(process.resourceUsage().maxRSS);`;
  const peak = (height: number): number => {
    const child = spawnSync(process.execPath, ['--conditions=@deblur/source', '--input-type=module', '-e', script(height)], {
      encoding: 'utf8', cwd: new URL('.', import.meta.url),
    });
    expect(child.stderr).toBe('');
    return Number(child.stdout) / 1024;
  };
  // 12 and 32 megapixels: 36 and 96 MB decoded.
  expect(peak(8_000) - peak(3_000)).toBeLessThan(40);
});
