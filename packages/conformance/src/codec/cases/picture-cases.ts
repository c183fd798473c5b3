import { check, checkEqual } from '../../assertions.ts';
import { codecCase } from '../codec-case.ts';
import { decodeBase64 } from '../../backend/fixtures/decode.ts';
import { checkBytes, checkPicture } from '../pixels.ts';
import { readWhole } from '../codec-context.ts';
import * as fixtures from '../fixtures/fixtures.ts';
import type { CodecCase } from '../codec-case.ts';
import type { CodecContext } from '../codec-context.ts';
import type { StoredPicture } from '../fixtures/stored-picture.ts';

const upright: readonly [string, StoredPicture][] = [
  ['8-bit RGB PNG', fixtures.rgb8],
  ['progressive JPEG', fixtures.progressive],
  ['8-bit grey PNG', fixtures.grey8],
  ['grey JPEG', fixtures.greyJpeg],
  ['16-bit grey PNG', fixtures.grey16],
  ['1-bit PNG', fixtures.bilevel],
  ['8-bit grey PNG with opacity', fixtures.greyAlpha8],
  ['8-bit RGB PNG with opacity', fixtures.rgba8],
  ['16-bit RGB PNG with opacity', fixtures.rgba16],
  ['16-bit RGB TIFF', fixtures.rgb16Tiff],
  ['big-endian 16-bit TIFF with opacity', fixtures.rgba16Tiff],
  ['32-bit float TIFF', fixtures.floatTiff],
  ['PNG with a palette', fixtures.palette],
  ['WebP with opacity', fixtures.rgbaWebp],
  ['AVIF', fixtures.avif],
  ['1×1', fixtures.onePixel],
];

const oriented: readonly [string, StoredPicture][] = [
  ['JPEG with orientation 1', fixtures.exif1],
  ['JPEG with orientation 2', fixtures.exif2],
  ['JPEG with orientation 3', fixtures.exif3],
  ['JPEG with orientation 4', fixtures.exif4],
  ['JPEG with orientation 5', fixtures.exif5],
  ['JPEG with orientation 6', fixtures.exif6],
  ['JPEG with orientation 7', fixtures.exif7],
  ['JPEG with orientation 8', fixtures.exif8],
  ['PNG with orientation 6', fixtures.exif6Png],
  ['WebP with orientation 8', fixtures.exif8Webp],
  ['TIFF with orientation 5', fixtures.orientation5Tiff],
];

const profiled: readonly [string, StoredPicture][] = [
  ['Display P3 JPEG', fixtures.p3Jpeg],
  ['Display P3 PNG', fixtures.p3Png],
  ['16-bit Display P3 TIFF', fixtures.p3Tiff16],
];

const paged: readonly [string, StoredPicture][] = [
  ['animated WebP', fixtures.animatedWebp],
  ['animated GIF', fixtures.animatedGif],
  ['TIFF of two pages', fixtures.twoPages],
];

async function checkReading({ codec, source }: CodecContext, picture: StoredPicture): Promise<void> {
  const info = await codec.probe(await source(picture));
  const { width, height, channels, type, format, orientation, pages } = picture;
  const expected = { width, height, channels, type, format, orientation, pages };
  for (const [name, value] of Object.entries(expected)) {
    checkEqual(info[name as keyof typeof expected], value, `probe().${name} of ${picture.file}`);
  }
  if (picture.alpha) check(info.alpha, `probe() finds no opacity in ${picture.file}.`);
  const image = await readWhole(codec, await source(picture));
  checkEqual(image.alpha !== undefined, info.alpha, `Opacity in what is read from ${picture.file}`);
  checkPicture(image, picture);
}

/** Pictures read as other decoders read them. */
export const pictureCases: readonly CodecCase[] = [
  ...upright.map(([name, picture]) => codecCase(`reads a ${name}`, (context) => checkReading(context, picture))),
  ...oriented.map(([name, picture]) => codecCase(`turns a ${name} upright, once`, (context) => checkReading(context, picture))),
  ...profiled.map(([name, picture]) =>
    codecCase(`keeps values and profile of a ${name}`, async (context) => {
      await checkReading(context, picture);
      const reader = await context.codec.open(await context.source(picture));
      checkBytes(reader.icc, decodeBase64(picture.icc ?? ''), `The ICC profile of ${picture.file}`);
      await reader.close();
    })),
  ...paged.map(([name, picture]) =>
    codecCase(`reads the first page of a ${name} and says so`, async (context) => {
      await checkReading(context, picture);
      const reader = await context.codec.open(await context.source(picture));
      const warning = reader.warnings.find(({ code }) => code === 'source-reduced');
      check(warning?.message.includes(String(picture.pages)), `No warning tells of the ${picture.pages} pages of ${picture.file}.`);
      await reader.close();
    })),
  codecCase('converts a CMYK JPEG to RGB and says so', async ({ codec, source }) => {
    const reader = await codec.open(await source(fixtures.cmyk));
    const image = await reader.read(reader.info.height);
    check(image, 'The picture has no rows.');
    checkEqual(`${image.width}×${image.height}×${image.channels}`, '32×16×3', 'The size');
    const mean = (from: number): number => {
      let sum = 0;
      for (let y = 0; y < 16; y++) for (let x = from; x < from + 12; x++) sum += image.data[(y * 32 + x) * 3 + 1]!;
      return sum / (16 * 12);
    };
    check(mean(0) > 240, `White paper reads as ${mean(0)}.`);
    check(mean(20) < 60, `All inks read as ${mean(20)}.`);
    check(reader.warnings.some(({ code }) => code === 'source-reduced'), 'No warning tells of the conversion.');
    await reader.close();
  }),
  codecCase('reads a picture of 20000×1', (context) => checkComputed(context, fixtures.wide, 20000, 1)),
  codecCase('reads a picture of 1×20000', (context) => checkComputed(context, fixtures.tall, 1, 20000)),
];

async function checkComputed({ codec, source }: CodecContext, picture: typeof fixtures.wide, width: number, height: number): Promise<void> {
  const image = await readWhole(codec, await source(picture));
  checkEqual(`${image.width}×${image.height}`, `${width}×${height}`, `The size of ${picture.file}`);
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) checkEqual(image.data[i * 3 + c], (7 * i + 31 * c) % 251, `Sample ${c} of pixel ${i}`);
  }
}
