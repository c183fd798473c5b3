import { testCodec } from '@deblur/conformance';
import { describe, it } from 'vitest';
import { blobSink, createCanvasCodec } from './index.ts';
import type { BlobSink } from './index.ts';
import { skippedCases } from './testing/skipped-cases.ts';

const runner = { describe, it };

testCodec({ name: 'canvas in a browser, bytes in memory', createCodec: () => createCanvasCodec(), runner, skip: skippedCases });

testCodec({
  name: 'canvas in a browser, Blobs',
  createCodec: () => createCanvasCodec(),
  runner,
  makeSource: (bytes, fileName) => new File([Uint8Array.from(bytes)], fileName),
  makeSink: (format) => blobSink(format),
  readSink: async (sink) => new Uint8Array(await (sink as BlobSink).blob!.arrayBuffer()),
  isEmpty: (sink) => (sink as BlobSink).blob === undefined,
  skip: skippedCases,
});
