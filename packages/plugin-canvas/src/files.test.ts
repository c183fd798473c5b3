import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createCanvas, ImageData, loadImage } from '@napi-rs/canvas';
import type { PixelImage } from '@deblur/core';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { displayP3Profile } from './formats/icc-profile.ts';
import { createCanvasCodec, imageDataSink } from './index.ts';
import { interleaved, readPicture, writePicture } from './testing/read-pixels.ts';

const root = mkdtempSync(join(tmpdir(), 'deblur-canvas-files-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let folder = root;
let made = 0;
beforeEach(() => {
  folder = join(root, String(made++));
  mkdirSync(folder);
});

const codec = createCanvasCodec();
const image: PixelImage = {
  width: 33, height: 20, channels: 3, transfer: 'srgb', data: Uint8Array.from({ length: 33 * 20 * 3 }, (_, i) => (i * 7919) % 256),
};
const description = { ...image, type: 'uint8', alpha: false } as const;

async function write(sink: unknown, overwrite = false): Promise<string> {
  const writer = await codec.create(sink, description, { overwrite });
  await writer.write(image);
  return (await writer.finish()).path!;
}

it('writes paths and file: URLs in the format of their extension, and reads them', async () => {
  for (const name of ['a.png', 'b # %.png', 'c.PNG']) {
    const path = join(folder, name);
    expect(await write(name.startsWith('b') ? pathToFileURL(path) : path)).toBe(path);
    expect((await readPicture(codec, pathToFileURL(path))).image.data).toEqual(image.data);
    expect((await readPicture(codec, path)).image.data).toEqual(image.data);
  }
  const jpeg = await write(join(folder, 'd.jpg'));
  expect((await codec.probe(jpeg)).format).toBe('jpeg');
  expect(readdirSync(folder).sort()).toEqual(['a.png', 'b # %.png', 'c.PNG', 'd.jpg']);
});

it('replaces a file only when told, and what a link leads to rather than the link', async () => {
  const path = join(folder, 'a.png');
  writeFileSync(path, 'old', { mode: 0o600 });
  await expect(write(path)).rejects.toMatchObject({ code: 'output-failed', message: expect.stringContaining('overwrite: true') });
  expect(readFileSync(path, 'utf8')).toBe('old');
  symlinkSync(path, join(folder, 'link.png'));
  await write(join(folder, 'link.png'), true);
  expect((await readPicture(codec, path)).image.data).toEqual(image.data);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder).sort()).toEqual(['a.png', 'link.png']);
});

it('does not replace a file that appeared meanwhile', async () => {
  const path = join(folder, 'a.png');
  const writer = await codec.create(path, description);
  await writer.write(image);
  writeFileSync(path, 'other');
  await expect(writer.finish()).rejects.toMatchObject({ code: 'output-failed', message: expect.stringContaining('exists') });
  expect(readFileSync(path, 'utf8')).toBe('other');
  expect(readdirSync(folder)).toEqual(['a.png']);
});

it('says what is wrong with a path', async () => {
  await expect(write(join(folder, 'none', 'a.png'))).rejects.toMatchObject({ code: 'output-failed', message: expect.stringContaining('folder does not exist') });
  await expect(write(folder)).rejects.toMatchObject({ code: 'output-failed', message: expect.stringContaining('not a regular file') });
  await expect(write(join(folder, 'a.tif'))).rejects.toMatchObject({ code: 'output-failed', message: expect.stringContaining('"tif"') });
  await expect(codec.open(join(folder, 'none.png'))).rejects.toMatchObject({ code: 'image-unreadable', message: expect.stringContaining('no such file') });
  await expect(codec.open(folder)).rejects.toMatchObject({ code: 'image-unreadable', message: expect.stringContaining('folder') });
});

it('loads http: URLs, and says what the server answered', async () => {
  const { data } = await writePicture(codec, image, 'png');
  const server = createServer((request, response) => {
    if (request.url === '/a.png') response.end(data);
    else if (request.url === '/endless') response.write(new Uint8Array(4096));
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    expect((await readPicture(codec, `${base}/a.png`)).image.data).toEqual(image.data);
    await expect(codec.open(`${base}/b.png`)).rejects.toMatchObject({ code: 'image-unreadable', message: expect.stringContaining('404') });
    await expect(codec.open(`${base}/endless`, { limits: { bytes: 1000 } })).rejects.toMatchObject({ code: 'limit-exceeded' });
    const controller = new AbortController();
    const opening = codec.open(`${base}/endless`, { signal: controller.signal });
    setTimeout(() => controller.abort(), 50);
    await expect(opening).rejects.toMatchObject({ code: 'aborted' });
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

it('converts Display P3 for canvases, which are sRGB in Node, and says so', async () => {
  const sink = imageDataSink();
  const pixel = { ...description, width: 1, height: 1, icc: displayP3Profile() };
  const writer = await codec.create(sink, pixel);
  await writer.write({ width: 1, height: 1, channels: 3, transfer: 'srgb', data: Uint8Array.of(200, 100, 50) });
  expect((await writer.finish()).warnings).toMatchObject([{ code: 'source-reduced', message: expect.stringContaining('sRGB') }]);
  // Little CMS gives (215, 93, 31).
  const [red, green, blue] = sink.imageData!.data;
  expect(Math.max(Math.abs(red! - 215), Math.abs(green! - 93), Math.abs(blue! - 31))).toBeLessThanOrEqual(1);
});

it('reads and fills canvases, ImageData and images of @napi-rs/canvas', async () => {
  const canvas = createCanvas(1, 1);
  const writer = await codec.create(canvas, description);
  await writer.write(image);
  expect(await writer.finish()).toMatchObject({ format: 'raw', warnings: [] });
  expect([canvas.width, canvas.height]).toEqual([33, 20]);
  expect((await readPicture(codec, canvas)).image.data).toEqual(image.data);
  const alpha = Uint8Array.from({ length: 33 * 20 }, (_, i) => i % 256);
  const pixels = new ImageData(new Uint8ClampedArray(interleaved({ ...image, alpha })), 33, 20);
  expect((await readPicture(codec, pixels)).image).toMatchObject({ data: image.data, alpha });
  const loaded = await loadImage(canvas.toBuffer('image/png'));
  expect((await readPicture(codec, loaded)).image.data).toEqual(image.data);
  const sink = imageDataSink();
  const second = await codec.create(sink, description);
  await second.write(image);
  await second.finish();
  expect((await readPicture(codec, sink.imageData)).image.data).toEqual(image.data);
});
