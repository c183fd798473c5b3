import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testCodec } from '@deblur/conformance';
import { afterAll, describe, it } from 'vitest';
import { createCanvasCodec } from './index.ts';
import { skippedCases } from './testing/skipped-cases.ts';

const folder = mkdtempSync(join(tmpdir(), 'deblur-canvas-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let made = 0;
const runner = { describe, it };

testCodec({ name: 'canvas in Node, bytes in memory', createCodec: () => createCanvasCodec(), runner, skip: skippedCases });

testCodec({
  name: 'canvas in Node, files',
  createCodec: () => createCanvasCodec(),
  runner,
  skip: skippedCases,
  makeSource: (bytes, fileName) => {
    const path = join(folder, `${made++}-${fileName}`);
    writeFileSync(path, bytes);
    return path;
  },
  makeSink: (format) => join(folder, `${made++}.${format}`),
  readSink: (sink) => readFileSync(String(sink)),
  isEmpty: (sink) => !existsSync(String(sink)),
  leftovers: () => readdirSync(folder).filter((name) => name.startsWith('.')),
});
