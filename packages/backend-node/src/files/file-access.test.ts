import { afterAll, beforeAll, expect, it } from 'vitest';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { tmpdir } from 'node:os';
import { createFileAccess } from './file-access.ts';
import type { ProgressEvent } from '@deblur/core';

const { protocols, read } = createFileAccess();
const content = Uint8Array.from({ length: 9_000_001 }, (_, i) => i % 251);
let folder: string;
let file: URL;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deblur files '));
  file = pathToFileURL(join(folder, 'weights ü.onnx'));
  await writeFile(file, content);
  await writeFile(join(folder, 'empty.onnx'), '');
});
afterAll(() => rm(folder, { recursive: true }));

it('serves files and the network only', async () => {
  expect(protocols).toEqual(['file:', 'https:', 'http:']);
  await expect(read(new URL('ftp://example.com/x.onnx'))).rejects.toMatchObject({ code: 'invalid-argument' });
  await expect(read(new URL('file://host/share/x.onnx'))).rejects.toMatchObject({ code: 'invalid-argument' });
});

it('reads a file and reports bytes', async () => {
  const events: ProgressEvent[] = [];
  const bytes = await read(file, { onProgress: (event) => events.push(event) });
  expect(Buffer.compare(bytes, content)).toBe(0);
  expect(events[0]).toEqual({ stage: 'download', done: 0, total: content.length });
  expect(events.at(-1)).toEqual({ stage: 'download', done: content.length, total: content.length });
  expect(events.length).toBeGreaterThan(2);
});

it('reads an empty file', async () => {
  expect(await read(pathToFileURL(join(folder, 'empty.onnx')))).toHaveLength(0);
});

it('names a missing file', async () => {
  const missing = join(folder, 'missing.onnx');
  await expect(read(pathToFileURL(missing))).rejects.toMatchObject({ code: 'model-not-found', message: expect.stringContaining(missing) });
});

it('says that a folder is none', async () => {
  await expect(read(pathToFileURL(folder))).rejects.toMatchObject({ code: 'model-failed', message: expect.stringContaining('is a folder') });
});

it('stops at a signal, before and between chunks', async () => {
  await expect(read(file, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' });
  const controller = new AbortController();
  const stopped = read(file, { signal: controller.signal, onProgress: ({ done }) => done > 0 && controller.abort('enough') });
  await expect(stopped).rejects.toMatchObject({ code: 'aborted', cause: 'enough' });
});
