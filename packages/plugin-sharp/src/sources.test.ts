import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import type { Codec } from '@deblur/core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sharpCodec } from './index.ts';

let folder: string;
let path: string;
let png: Buffer;
let codec: Codec;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deblur-sources-'));
  path = join(folder, 'a picture #1 ü.png');
  png = await sharp({ create: { width: 6, height: 4, channels: 3, background: '#123456' } }).png().toBuffer();
  await writeFile(path, png);
  codec = sharpCodec().codec!;
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('sources', () => {
  const kinds: [string, () => unknown][] = [
    ['path', () => path],
    ['file: URL', () => pathToFileURL(path)],
    ['file: URL as text', () => pathToFileURL(path).href],
    ['Buffer', () => png],
    ['Uint8Array with an offset', () => new Uint8Array(Buffer.concat([new Uint8Array(7), png])).subarray(7)],
    ['ArrayBuffer', () => Uint8Array.from(png).buffer],
    ['Blob', () => new Blob([Uint8Array.from(png)])],
    ['Node stream', () => createReadStream(path)],
    ['web stream', () => new Blob([Uint8Array.from(png)]).stream()],
  ];
  it.each(kinds)('probes and then opens a %s', async (_name, make) => {
    const source = make();
    expect(codec.canRead(source)).toBe(true);
    expect(await codec.probe(source)).toMatchObject({ width: 6, height: 4, channels: 3, format: 'png' });
    const reader = await codec.open(source);
    const image = await reader.read(10);
    expect([...image!.data.subarray(0, 3)]).toEqual([0x12, 0x34, 0x56]);
    expect(image!.height).toBe(4);
  });

  it.each(['https://example.org/a.png', 'data:image/png;base64,AA==', new URL('https://example.org/a.png'), ''])('leaves %s to others', (source) => {
    expect(codec.canRead(source)).toBe(false);
    expect(codec.canWrite(source)).toBe(false);
  });

  it('takes odd names for paths', () => {
    for (const name of ['a:b.png', 'C:\\pictures\\a.png', './a,b.png', 'http.png']) expect(codec.canRead(name)).toBe(true);
  });
});

describe('what cannot be read', () => {
  const fails = async (source: unknown, message: RegExp, code = 'image-unreadable'): Promise<void> => {
    await expect(codec.open(source)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  };
  it('names a missing file', () => fails(join(folder, 'none.png'), /none\.png: there is no such file/));
  it('names a folder', () => fails(folder, /is a folder/));
  it('names a path through a file', () => fails(join(path, 'x.png'), /not a folder/));
  it('refuses what is not a regular file', () => fails('/dev/null', /not a regular file/));
  it('follows links, and names those that lead nowhere', async () => {
    await symlink(join(folder, 'gone.png'), join(folder, 'link.png'));
    await fails(join(folder, 'link.png'), /link\.png: there is no such file/);
  });
  it('refuses vector drawings with the remedy', async () => {
    await fails(Buffer.from('<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="5" height="5"/>'), /SVG.*[Rr]asterise/);
    await fails(Buffer.from('\uFEFF<svg xmlns="http://www.w3.org/2000/svg"/>'), /SVG/);
    await fails(Buffer.from('%PDF-1.7\n'), /PDF.*[Rr]asterise/);
  });
  it('shows how a file begins that is not a picture', () => fails(Buffer.from('<html><body>'), /begins with "<html><body>"/));
  it('names sample types that core does not have', async () => {
    const fields = [[256, 2], [257, 2], [258, 32], [259, 1], [262, 1], [273, 8], [277, 1], [278, 2], [279, 16], [339, 1]] as const;
    const tiff = Buffer.alloc(24 + 2 + fields.length * 12 + 4);
    tiff.set([0x49, 0x49, 42, 0, 24, 0, 0, 0]);
    tiff.writeUInt16LE(fields.length, 24);
    fields.forEach(([tag, value], i) => {
      tiff.writeUInt16LE(tag, 26 + i * 12);
      tiff.writeUInt16LE(4, 28 + i * 12);
      tiff.writeUInt32LE(1, 30 + i * 12);
      tiff.writeUInt32LE(value, 34 + i * 12);
    });
    await fails(tiff, /samples are of type "uint".*[Cc]onvert/);
  });
  it('tells a failing stream from a picture', async () => {
    const broken = new Readable({ read(): void { this.destroy(new Error('the line is dead')); } });
    await fails(broken, /the line is dead/);
    await fails(Readable.from(['text'], { encoding: 'utf8' }), /instead of bytes/);
    await fails(Readable.from([]), /empty/);
  });
  it('stops a stream at limits.bytes', async () => {
    let given = 0;
    const endless = new Readable({ read(): void { given += 1024; this.push(new Uint8Array(1024)); } });
    await expect(codec.open(endless, { limits: { bytes: 10_000 } })).rejects.toMatchObject({ code: 'limit-exceeded' });
    expect(given).toBeLessThan(200_000);
    expect(endless.destroyed).toBe(true);
  });
  it('gives up waiting for a stream when the signal fires', async () => {
    const silent = new Readable({ read(): void {} });
    const controller = new AbortController();
    const opening = codec.open(silent, { signal: controller.signal });
    setTimeout(() => controller.abort(), 10);
    await expect(opening).rejects.toMatchObject({ code: 'aborted' });
  });
});

it('reads a file again that was replaced under its name', async () => {
  const replaced = join(folder, 'replaced.png');
  for (const background of ['#111111', '#222222', '#333333']) {
    await sharp({ create: { width: 6, height: 4, channels: 3, background } }).png().toFile(replaced);
    const image = await (await codec.open(replaced)).read(4);
    expect(image!.data[0]).toBe(Number.parseInt(background.slice(1, 3), 16));
  }
});

it("leaves sharp's settings as they are", async () => {
  const settings = (): unknown[] => [sharp.concurrency(), sharp.simd(), sharp.cache().memory.max, sharp.cache().files.max, sharp.cache().items.max];
  const before = settings();
  await (await codec.open(png)).close();
  expect(settings()).toEqual(before);
});
