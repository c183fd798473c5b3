import { bandCases } from './cases/band-cases.ts';
import { bytesOf } from './codec-context.ts';
import { check } from '../assertions.ts';
import { faultCases } from './cases/fault-cases.ts';
import { pictureCases } from './cases/picture-cases.ts';
import { registerCases } from '../test-runner.ts';
import { writingCases } from './cases/writing-cases.ts';
import type { Codec, WrittenImage } from '@deblur/core';
import type { CodecCase } from './codec-case.ts';
import type { TestRunner } from '../test-runner.ts';

/** How the codec suite is run. */
export interface CodecSuiteOptions {
  /** Title of the suite. */
  readonly name: string;
  /** Makes a fresh codec; called once for every case. */
  readonly createCodec: () => Codec | Promise<Codec>;
  /** `{ describe, it }` of the test runner. */
  readonly runner: TestRunner;
  /** Makes a source of the kind under test from an encoded picture. Default: the bytes. */
  readonly makeSource?: (bytes: Uint8Array, fileName: string) => unknown;
  /** Makes a fresh sink of the kind under test. Default: `{ format }`, whose picture is `WrittenImage.data`. */
  readonly makeSink?: (format: string) => unknown;
  /** The encoded picture at a sink. Default: `WrittenImage.data`. Needed with `makeSink`. */
  readonly readSink?: (sink: unknown, written: WrittenImage) => Uint8Array | Promise<Uint8Array>;
  /** True if nothing can be seen at a sink. Default: true, since what is in memory cannot be seen before it is given. */
  readonly isEmpty?: (sink: unknown) => boolean | Promise<boolean>;
  /** Names what a case left behind (temporary files); the case fails if there is any. */
  readonly leftovers?: () => readonly string[] | Promise<readonly string[]>;
  /** Cases the codec cannot pass, by name, each with the reason, which is printed. */
  readonly skip?: Readonly<Record<string, string>>;
}

const cases: readonly CodecCase[] = [...pictureCases, ...bandCases, ...faultCases, ...writingCases];

/**
 * Tests that a codec keeps the contract of `Codec`, `ImageReader` and `ImageWriter`: pixels as other decoders read them
 * (all orientations, depths, profiles, pages), bands of any size, damaged pictures, limits, aborts, lossless writing and
 * that nothing is seen before `finish()` or left after `abort()`. The pictures are part of this package, so the suite
 * runs in Node and in browsers.
 *
 * @example
 * ```ts
 * import { describe, it } from 'vitest';
 * testCodec({ name: 'my codec', createCodec: () => createMyCodec(), runner: { describe, it } });
 * ```
 * @throws Error for a skip without a reason or of an unknown case
 */
export function testCodec(options: CodecSuiteOptions): void {
  const { name, createCodec, runner, makeSource, makeSink, readSink, isEmpty, leftovers, skip = {} } = options;
  registerCases(runner, name, cases, skip, async (body) => {
    const sourceOf = async (bytes: Uint8Array, fileName: string): Promise<unknown> => (makeSource ? makeSource(bytes, fileName) : bytes);
    await body({
      codec: await createCodec(),
      sourceOf,
      source: (picture) => sourceOf(bytesOf(picture), picture.file),
      sink: async (format) => (makeSink ? makeSink(format) : { format }),
      encoded: async (sink, written) => (readSink ? readSink(sink, written) : dataOf(written)),
      isEmpty: async (sink) => (isEmpty ? isEmpty(sink) : true),
    });
    const left = (await leftovers?.()) ?? [];
    check(left.length === 0, `Left behind: ${left.join(', ')}.`);
  });
}

function dataOf({ data }: WrittenImage): Uint8Array {
  check(data, 'WrittenImage.data is missing for a sink in memory.');
  return data;
}
