import { check, checkEqual, checkRejects } from '../../assertions.ts';
import { checkSame } from '../pixels.ts';
import { codecCase } from '../codec-case.ts';
import { readBands, readWhole } from '../codec-context.ts';
import { exif1, exif3, exif5, exif6, exif7, exif8, rgb8, rgba16 } from '../fixtures/fixtures.ts';
import type { CodecCase } from '../codec-case.ts';
import type { PixelImage, SampleArray } from '@deblur/core';

function stack(bands: readonly PixelImage[]): PixelImage {
  const join = (parts: readonly SampleArray[]): SampleArray => {
    const make = parts[0]!.constructor as new (length: number) => SampleArray;
    const joined = new make(parts.reduce((sum, part) => sum + part.length, 0));
    parts.reduce((offset, part) => (joined.set(part, offset), offset + part.length), 0);
    return joined;
  };
  const first = bands[0]!;
  const height = bands.reduce((sum, band) => sum + band.height, 0);
  const alphas = bands.map(({ alpha }) => alpha).filter((alpha) => alpha !== undefined);
  return { ...first, height, data: join(bands.map(({ data }) => data)), ...(first.alpha && { alpha: join(alphas) }) };
}

/** Reading from top to bottom. */
export const bandCases: readonly CodecCase[] = [
  ...[rgb8, rgba16, exif1, exif3, exif5, exif6, exif7, exif8].map((picture) =>
    codecCase(`reads ${picture.file} by bands of any size as at once`, async ({ codec, source }) => {
      const whole = await readWhole(codec, await source(picture));
      for (const rows of [1, 3, 7, picture.height - 1, picture.height, 10_000]) {
        const bands = await readBands(codec, await source(picture), rows);
        checkEqual(bands.length, Math.ceil(picture.height / rows), `The number of bands of ${rows} rows`);
        for (const band of bands.slice(0, -1)) checkEqual(band.height, rows, 'The height of a band');
        checkSame(stack(bands), whole, 0, `${picture.file} in bands of ${rows} rows`);
      }
    })),
  codecCase('gives undefined after the last row, again and again', async ({ codec, source }) => {
    const reader = await codec.open(await source(rgb8));
    await reader.read(rgb8.height);
    checkEqual(await reader.read(1), undefined, 'What follows the last row');
    checkEqual(await reader.read(1), undefined, 'What follows the last row');
    await reader.close();
  }),
  codecCase('hands out bands that belong to the caller', async ({ codec, source }) => {
    const reader = await codec.open(await source(rgb8));
    (await reader.read(5))?.data.fill(0);
    const rest = await reader.read(rgb8.height);
    const whole = await readWhole(codec, await source(rgb8));
    check(rest, 'There are no further rows.');
    checkSame(rest, { ...whole, height: rgb8.height - 5, data: whole.data.slice(5 * rgb8.width * 3) }, 0, 'The further rows');
    await reader.close();
  }),
  codecCase('answers reads that do not wait for each other in order', async ({ codec, source }) => {
    const reader = await codec.open(await source(exif6));
    const bands = await Promise.all([reader.read(4), reader.read(9), reader.read(100), reader.read(1)]);
    const whole = await readWhole(codec, await source(exif6));
    checkSame(stack(bands.filter((band) => band !== undefined)), whole, 0, 'The bands together');
    checkEqual(bands[3], undefined, 'What follows the last row');
    await reader.close();
  }),
  codecCase('closes before the end, and twice', async ({ codec, source }) => {
    const reader = await codec.open(await source(rgb8));
    await reader.read(2);
    await Promise.all([reader.close(), reader.close()]);
    await reader.close();
  }),
  codecCase('reads several pictures at once', async ({ codec, source }) => {
    const pictures = [rgb8, exif6, rgba16, exif3];
    const alone: PixelImage[] = [];
    for (const picture of pictures) alone.push(await readWhole(codec, await source(picture)));
    const together = await Promise.all(pictures.map(async (picture) => stack(await readBands(codec, await source(picture), 3))));
    together.forEach((image, i) => checkSame(image, alone[i]!, 0, pictures[i]!.file));
  }),
  codecCase('refuses a number of rows that is not whole and positive', async ({ codec, source }) => {
    const reader = await codec.open(await source(rgb8));
    for (const rows of [0, -1, 1.5, NaN]) await checkRejects(reader.read(rows), 'invalid-argument', String(rows));
    await reader.close();
  }),
];
