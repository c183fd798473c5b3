import { check, checkEqual, checkRejects } from '../../assertions.ts';
import { codecCase } from '../codec-case.ts';
import { bytesOf, readWhole } from '../codec-context.ts';
import * as fixtures from '../fixtures/fixtures.ts';
import type { CodecCase } from '../codec-case.ts';

const unreadable = [
  fixtures.truncatedJpg, fixtures.truncatedPng, fixtures.truncatedWebp, fixtures.truncatedTif, fixtures.corruptPng, fixtures.textAsJpeg,
  fixtures.emptyFile, fixtures.zeroPng,
];

/** Pictures that cannot be read, or may not. */
export const faultCases: readonly CodecCase[] = [
  ...unreadable.map((picture) =>
    codecCase(`refuses ${picture.file} with ImageError`, async ({ codec, source }) => {
      await checkRejects(source(picture).then((made) => readWhole(codec, made)), 'image-unreadable');
    })),
  ...[fixtures.absurdPng, fixtures.bombPng].map((picture) =>
    codecCase(`refuses the declared size of ${picture.file} with LimitError`, async ({ codec, source }) => {
      await checkRejects(source(picture).then((made) => codec.probe(made)), 'limit-exceeded', 'limits.pixels');
      await checkRejects(source(picture).then((made) => codec.open(made)), 'limit-exceeded', 'limits.pixels');
    })),
  codecCase('keeps to limits.pixels, naming what is declared and what is allowed', async ({ codec, source }) => {
    const pixels = fixtures.rgb8.width * fixtures.rgb8.height;
    const limits = { pixels: pixels - 1 };
    await checkRejects(source(fixtures.rgb8).then((made) => codec.open(made, { limits })), 'limit-exceeded', String(pixels), String(pixels - 1));
    const info = await codec.probe(await source(fixtures.rgb8), { limits: { pixels } });
    checkEqual(info.width, fixtures.rgb8.width, 'The width within the limit');
  }),
  codecCase('keeps to limits.bytes, naming what is allowed', async ({ codec, source }) => {
    const bytes = bytesOf(fixtures.rgb8).byteLength;
    const limits = { bytes: bytes - 1 };
    await checkRejects(source(fixtures.rgb8).then((made) => codec.open(made, { limits })), 'limit-exceeded', 'limits.bytes', String(bytes - 1));
    checkEqual((await codec.probe(await source(fixtures.rgb8), { limits: { bytes } })).height, fixtures.rgb8.height, 'The height within the limit');
  }),
  codecCase('refuses to open with a signal that has fired', async ({ codec, source }) => {
    const made = await source(fixtures.rgb8);
    await checkRejects(codec.open(made, { signal: AbortSignal.abort() }), 'aborted');
    await checkRejects(codec.probe(made, { signal: AbortSignal.abort() }), 'aborted');
  }),
  codecCase('stops when the signal fires while it opens', async ({ codec, source }) => {
    const controller = new AbortController();
    const opening = codec.open(await source(fixtures.rgb8), { signal: controller.signal });
    controller.abort();
    await checkRejects(opening, 'aborted');
  }),
  codecCase('stops between bands when the signal fires', async ({ codec, source }) => {
    const controller = new AbortController();
    const reader = await codec.open(await source(fixtures.rgb8), { signal: controller.signal });
    check(await reader.read(3), 'There are no rows.');
    controller.abort();
    await checkRejects(reader.read(3), 'aborted');
    await reader.close();
  }),
  codecCase('goes on after a picture it could not read', async ({ codec, source }) => {
    await checkRejects(source(fixtures.truncatedJpg).then((made) => readWhole(codec, made)), 'image-unreadable');
    checkEqual((await readWhole(codec, await source(fixtures.rgb8))).width, fixtures.rgb8.width, 'The width of the next picture');
  }),
  codecCase('knows what it can read and write by kind', async ({ codec, source, sink }) => {
    check(codec.canRead(await source(fixtures.textAsJpeg)), 'canRead() looks at more than the kind.');
    for (const value of [undefined, null, 42, true, {}, Symbol('x')]) {
      check(!codec.canRead(value), `canRead(${String(value)}) is true.`);
      check(!codec.canWrite(value), `canWrite(${String(value)}) is true.`);
    }
    check(codec.canWrite(await sink(codec.writes[0] ?? 'png')), 'canWrite() refuses the sink under test.');
    checkEqual(codec.specificationVersion, 1, 'specificationVersion');
  }),
];
