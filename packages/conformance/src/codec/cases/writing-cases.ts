import { check, checkEqual, checkRejects } from '../../assertions.ts';
import { checkBytes, checkSame, imageOf } from '../pixels.ts';
import { codecCase } from '../codec-case.ts';
import { cutBands, describe, readWhole, roundTrip } from '../codec-context.ts';
import * as fixtures from '../fixtures/fixtures.ts';
import type { CodecCase } from '../codec-case.ts';
import type { CodecContext } from '../codec-context.ts';
import type { Codec, PixelImage } from '@deblur/core';
import type { StoredPicture } from '../fixtures/stored-picture.ts';

/** Formats of `wanted` the codec writes; those it does not are not asked of it. */
function written(codec: Codec, ...wanted: readonly string[]): string[] {
  check(codec.writes.length > 0, 'The codec writes no format at all.');
  return wanted.filter((format) => codec.writes.includes(format));
}

const read = async ({ codec, source }: CodecContext, picture: StoredPicture, metadata = false): Promise<PixelImage> =>
  readWhole(codec, await source(picture), { metadata });

const exact: readonly [string, StoredPicture, readonly string[]][] = [
  ['8-bit RGB', fixtures.rgb8, ['png', 'tiff']],
  ['8-bit RGB with opacity', fixtures.rgba8, ['png', 'tiff']],
  ['8-bit grey', fixtures.grey8, ['png', 'tiff']],
  ['8-bit grey with opacity', fixtures.greyAlpha8, ['png', 'tiff']],
  ['16-bit grey', fixtures.grey16, ['png', 'tiff']],
  ['16-bit RGB', fixtures.rgb16Tiff, ['png', 'tiff']],
  ['16-bit RGB with opacity', fixtures.rgba16, ['png', 'tiff']],
  ['32-bit float', fixtures.floatTiff, ['tiff']],
];

/** Writing, and reading again. */
export const writingCases: readonly CodecCase[] = [
  ...exact.map(([name, picture, formats]) =>
    codecCase(`writes ${name} without loss`, async (context) => {
      const original = imageOf(picture);
      for (const format of written(context.codec, ...formats)) {
        for (const rows of [1, 5, 100]) {
          const { image, written: result } = await roundTrip(context, original, format, {}, rows);
          checkSame(image, original, 0, `${picture.file} as ${format}`);
          checkEqual(result.format, format, 'The format that was written');
          checkEqual(result.warnings.length, 0, `The number of warnings for ${format}`);
        }
      }
    })),
  codecCase('writes without loss on request where a format has both', async (context) => {
    const original = await read(context, fixtures.rgba8);
    for (const format of written(context.codec, 'webp', 'avif')) {
      const { image } = await roundTrip(context, original, format, { lossless: true });
      checkSame(image, original, 0, `The picture as ${format}`);
    }
  }),
  codecCase('writes JPEG near the original', async (context) => {
    const original = await read(context, fixtures.rgb8);
    for (const format of written(context.codec, 'jpeg')) {
      const { image, bytes } = await roundTrip(context, original, format);
      checkSame(image, original, 12, 'The picture as JPEG');
      const small = await roundTrip(context, original, format, { quality: 30 });
      check(small.bytes.byteLength < bytes.byteLength, 'A lower quality does not make a smaller file.');
    }
  }),
  codecCase('attaches the ICC profile unchanged and does not apply it', async (context) => {
    const original = await read(context, fixtures.p3Png);
    check(original.icc, 'There is no profile to attach.');
    for (const format of written(context.codec, 'png', 'tiff', 'webp', 'jpeg', 'avif')) {
      const { image } = await roundTrip(context, original, format, { lossless: true });
      checkBytes(image.icc, original.icc, `The ICC profile in ${format}`);
      checkSame(image, original, format === 'jpeg' ? 12 : 0, `The picture as ${format}`);
    }
  }),
  codecCase('keeps EXIF on request, its orientation reset', async (context) => {
    const original = await read(context, fixtures.exif6, true);
    check(original.metadata?.exif, 'No EXIF was read.');
    for (const format of written(context.codec, 'jpeg', 'png', 'webp')) {
      const { image, bytes } = await roundTrip(context, original, format, { lossless: true });
      const text = String.fromCharCode(...(image.metadata?.exif ?? []));
      check(text.includes('Deblur Test Camera'), `EXIF is lost in ${format}.`);
      const info = await context.codec.probe(await context.sourceOf(bytes, `picture.${format}`));
      checkEqual(info.orientation, 1, `The orientation in ${format}`);
      checkSame(image, original, format === 'jpeg' ? 12 : 0, `The picture as ${format}`);
    }
  }),
  codecCase('reads no metadata unless asked', async (context) => {
    checkEqual((await read(context, fixtures.exif6)).metadata, undefined, 'The metadata');
  }),
  codecCase('warns when 16 bits become 8', async (context) => {
    const original = imageOf(fixtures.rgb16Tiff);
    for (const format of written(context.codec, 'jpeg', 'webp')) {
      const { image, written: result } = await roundTrip(context, original, format, { lossless: true });
      check(result.warnings.some(({ code }) => code === 'source-reduced'), `No warning for ${format}.`);
      const eightBit: PixelImage = { ...original, data: Uint8Array.from(original.data, (value) => Math.round(value / 257)) };
      if (format === 'webp') checkSame(image, eightBit, 0, 'The picture as 8-bit WebP');
    }
  }),
  codecCase('lays opacity on white in JPEG and says so', async (context) => {
    const data = new Uint8Array(16 * 16 * 3);
    const alpha = new Uint8Array(16 * 16).fill(51);
    const image: PixelImage = { width: 16, height: 16, channels: 3, transfer: 'srgb', data, alpha };
    for (const format of written(context.codec, 'jpeg')) {
      const { image: flat, written: result } = await roundTrip(context, image, format);
      checkSame(flat, { ...image, data: data.fill(204), alpha: undefined }, 2, 'Black at a fifth on white');
      check(result.warnings.some(({ code }) => code === 'source-reduced'), 'No warning for the lost opacity.');
    }
  }),
  codecCase('shows nothing before finish()', async (context) => {
    const original = await read(context, fixtures.rgb8);
    for (const format of context.codec.writes) {
      const sink = await context.sink(format);
      const writer = await context.codec.create(sink, describe(original), { format });
      check(await context.isEmpty(sink), `Something is there after create() of ${format}.`);
      for (const band of cutBands(original, 4)) await writer.write(band);
      check(await context.isEmpty(sink), `Something is there before finish() of ${format}.`);
      const result = await writer.finish();
      checkEqual((await context.encoded(sink, result)).byteLength, result.bytes, `The size of ${format}`);
    }
  }),
  codecCase('leaves nothing when given up midway, twice, or after an error', async (context) => {
    const original = await read(context, fixtures.rgb8);
    const [first] = cutBands(original, 4);
    const sink = await context.sink('png');
    const writer = await context.codec.create(sink, describe(original));
    await writer.write(first!);
    await Promise.all([writer.abort(), writer.abort()]);
    await writer.abort();
    check(await context.isEmpty(sink), 'Something is left.');
    await checkRejects(writer.write(first!), 'disposed');
    await checkRejects(writer.finish(), 'disposed');
  }),
  codecCase('leaves nothing when the signal fires before or during finish()', async (context) => {
    const original = await read(context, fixtures.rgb8);
    for (const during of [false, true]) {
      const controller = new AbortController();
      const sink = await context.sink('png');
      const writer = await context.codec.create(sink, describe(original), { signal: controller.signal });
      await writer.write(original);
      if (!during) controller.abort();
      const finishing = writer.finish();
      const refused = checkRejects(finishing, 'aborted');
      if (during) controller.abort();
      await refused;
      await writer.abort();
      check(await context.isEmpty(sink), 'Something is left.');
    }
    await checkRejects(context.codec.create(await context.sink('png'), describe(original), { signal: AbortSignal.abort() }), 'aborted');
  }),
  codecCase('refuses rows that do not fit, and too few', async (context) => {
    const original = await read(context, fixtures.rgb8);
    const sink = await context.sink('png');
    const writer = await context.codec.create(sink, describe(original));
    const [first] = cutBands(original, 4);
    const narrow = { ...first!, width: first!.width - 1, data: first!.data.slice(0, (first!.width - 1) * 4 * 3) };
    await checkRejects(writer.write(narrow), 'invalid-argument', 'width');
    await checkRejects(writer.write({ ...first!, data: Uint16Array.from(first!.data) }), 'invalid-argument', 'type');
    await writer.write(first!);
    await checkRejects(writer.write(original), 'invalid-argument', String(original.height));
    await checkRejects(writer.finish(), 'invalid-argument', '4', String(original.height));
    await writer.abort();
    check(await context.isEmpty(sink), 'Something is left.');
  }),
  codecCase('refuses a format it does not write with OutputError', async (context) => {
    const original = await read(context, fixtures.rgb8);
    await checkRejects(context.codec.create(await context.sink('png'), describe(original), { format: 'no-such-format' }), 'output-failed', 'no-such-format');
  }),
  codecCase('writes several pictures at once', async (context) => {
    const images = [await read(context, fixtures.rgb8), await read(context, fixtures.rgba16), await read(context, fixtures.grey8)];
    for (const format of written(context.codec, 'png')) {
      const results = await Promise.all(images.map((image) => roundTrip(context, image, format, {}, 3)));
      results.forEach(({ image }, i) => checkSame(image, images[i]!, 0, `Picture ${i}`));
    }
  }),
  codecCase('writes pictures of 1×1, 20000×1 and 1×20000', async (context) => {
    for (const [width, height] of [[1, 1], [20000, 1], [1, 20000]] as const) {
      const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 7) % 251);
      const image: PixelImage = { width, height, channels: 3, transfer: 'srgb', data };
      for (const format of written(context.codec, 'png', 'tiff')) {
        checkSame((await roundTrip(context, image, format, {}, 777)).image, image, 0, `${width}×${height} as ${format}`);
      }
    }
  }),
];
