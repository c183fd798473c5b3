import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Codec } from '@deblur/core';
import { testCodec } from '@deblur/conformance';
import { afterAll, describe, it } from 'vitest';
import { sharpCodec } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'deblur-conformance-'));
const temporaryFolder = join(folder, 'temporary');
const pictures = join(folder, 'pictures');
for (const path of [temporaryFolder, pictures]) mkdirSync(path);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let made = 0;
const createCodec = (inMemoryPixels?: number): Codec => sharpCodec({ temporaryFolder, inMemoryPixels }).codec!;
const runner = { describe, it };
const temporaryFiles = (): string[] => readdirSync(temporaryFolder);

testCodec({ name: 'sharp, bytes in memory', createCodec: () => createCodec(), runner, leftovers: temporaryFiles });

testCodec({
  name: 'sharp, files, through temporary files',
  createCodec: () => createCodec(0),
  runner,
  makeSource: (bytes, fileName) => {
    const path = join(pictures, `${made++}-${fileName}`);
    writeFileSync(path, bytes);
    return path;
  },
  makeSink: (format) => join(pictures, `${made++}.${format}`),
  readSink: (sink) => readFileSync(String(sink)),
  isEmpty: (sink) => !existsSync(String(sink)),
  leftovers: () => [...temporaryFiles(), ...readdirSync(pictures).filter((name) => name.startsWith('.'))],
});

testCodec({
  name: 'sharp, streams',
  createCodec: () => createCodec(),
  runner,
  makeSource: (bytes) => Readable.from([bytes.subarray(0, 100), bytes.subarray(100)].filter((part) => part.length > 0), { objectMode: false }),
  leftovers: temporaryFiles,
});
