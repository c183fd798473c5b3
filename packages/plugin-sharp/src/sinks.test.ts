import { execFileSync } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { chmod, lstat, mkdir, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import type { Codec, EncodeOptions, PixelImage, WrittenImage } from '@deblur/core';
import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sharpCodec } from './index.ts';

const image: PixelImage = {
  width: 64, height: 48, channels: 3, transfer: 'srgb', data: Uint8Array.from({ length: 64 * 48 * 3 }, (_, i) => (i * 7919) % 256),
};
let root: string;
let folder: string;
let temporaryFolder: string;
let codec: Codec;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'deblur-sinks-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));
beforeEach(async () => {
  folder = await mkdtemp(join(root, 'case-'));
  temporaryFolder = join(folder, 'temporary');
  await mkdir(temporaryFolder);
  codec = sharpCodec({ temporaryFolder, inMemoryPixels: 0 }).codec!;
});

const create = (sink: unknown, options?: EncodeOptions, using = codec): ReturnType<Codec['create']> =>
  using.create(sink, { width: 64, height: 48, channels: 3, alpha: false, type: 'uint8', transfer: 'srgb' }, options);

async function write(sink: unknown, options?: EncodeOptions, using = codec): Promise<WrittenImage> {
  const writer = await create(sink, options, using);
  await writer.write(image);
  return writer.finish();
}

/** Fails unless the work fails with an OutputError, and nothing but `expected` is in the folder. */
async function refuses(work: Promise<unknown>, message: RegExp, expected: readonly string[] = ['temporary']): Promise<void> {
  await expect(work).rejects.toMatchObject({ code: 'output-failed', message: expect.stringMatching(message) });
  expect(await readdir(folder)).toEqual([...expected].sort());
  expect(await readdir(temporaryFolder)).toEqual([]);
}

describe('sinks', () => {
  it('writes to a path, a file: URL and a file: URL as text', async () => {
    for (const name of ['a b.png', 'ü#1.png', 'c.png']) {
      const path = join(folder, name);
      const sink = name === 'a b.png' ? path : name === 'c.png' ? pathToFileURL(path).href : pathToFileURL(path);
      const written = await write(sink);
      expect(written).toMatchObject({ format: 'png', path, bytes: (await stat(path)).size, warnings: [] });
      expect(await sharp(path).raw().toBuffer()).toEqual(Buffer.from(image.data));
    }
  });

  it('writes to memory and to streams', async () => {
    const { data } = await write({ format: 'png' });
    const nodeStream = new PassThrough();
    const collected = buffer(nodeStream);
    const written = await write({ stream: nodeStream, format: 'png' });
    expect(await collected).toEqual(Buffer.from(data!));
    expect(written).toMatchObject({ format: 'png', bytes: data!.byteLength });
    const transform = new TransformStream<Uint8Array, Uint8Array>();
    const fromWeb = buffer(transform.readable as never);
    await write({ stream: transform.writable, format: 'png' });
    expect(await fromWeb).toEqual(Buffer.from(data!));
    expect(await readdir(temporaryFolder)).toEqual([]);
  });

  it('chooses the format: option, then sink, then fallback, then PNG', async () => {
    const formatOf = async (name: string, options?: EncodeOptions): Promise<string> => (await write(join(folder, name), options)).format;
    expect(await formatOf('a.JPG', { fallbackFormat: 'tiff' })).toBe('jpeg');
    expect(await formatOf('b.jpeg', { format: 'png' })).toBe('png');
    expect(await formatOf('c', { fallbackFormat: 'tiff' })).toBe('tiff');
    expect(await formatOf('d')).toBe('png');
    expect(await formatOf('e.tif')).toBe('tiff');
    expect((await write({ format: 'jpg' })).format).toBe('jpeg');
    const written = await write(join(folder, 'f'), { fallbackFormat: 'gif' });
    expect(written).toMatchObject({ format: 'png', warnings: [{ code: 'option-changed' }] });
  });
});

describe('what cannot be written', () => {
  it('refuses an extension or format it does not know, naming those it does', async () => {
    await refuses(create(join(folder, 'a.bmp')), /\.bmp.*jpeg, png, webp, tiff, avif/);
    await refuses(create({ format: 'gif' }), /gif/);
  });
  it('names a missing folder and the remedy', () => refuses(create(join(folder, 'no', 'a.png')), /no does not exist\. Create it/));
  it('names a file in place of a folder', async () => {
    await writeFile(join(folder, 'file'), '');
    await refuses(create(join(folder, 'file', 'a.png')), /file is not a folder/, ['file', 'temporary']);
  });
  it('refuses a folder as the file', () => refuses(create(temporaryFolder), /is a folder/));
  it('refuses a device, which renaming would replace', () => refuses(create('/dev/null', { format: 'png' }), /not a regular file.*stream/));
  it('refuses a name that is too long', () => refuses(create(join(folder, `${'x'.repeat(300)}.png`)), /too long/));
  it('refuses an existing file unless it may be replaced', async () => {
    const path = join(folder, 'a.png');
    await writeFile(path, 'old');
    await refuses(create(path), /exists already.*overwrite/, ['a.png', 'temporary']);
    expect(await readFile(path, 'utf8')).toBe('old');
    await write(path, { overwrite: true });
    expect((await sharp(path).metadata()).width).toBe(64);
  });
  it('does not replace a file that came up meanwhile', async () => {
    const path = join(folder, 'a.png');
    const writer = await create(path);
    await writer.write(image);
    await writeFile(path, 'of somebody else');
    await refuses(writer.finish(), /exists already/, ['a.png', 'temporary']);
    expect(await readFile(path, 'utf8')).toBe('of somebody else');
  });
  it('keeps the old file when it is given up', async () => {
    const path = join(folder, 'a.png');
    await writeFile(path, 'old');
    const writer = await create(path, { overwrite: true });
    await writer.write(image);
    await writer.abort();
    expect(await readFile(path, 'utf8')).toBe('old');
    expect((await readdir(folder)).sort()).toEqual(['a.png', 'temporary']);
  });
  it('refuses sizes a format cannot hold before any row', async () => {
    const wide = { width: 70_000, height: 1, channels: 3, alpha: false, type: 'uint8', transfer: 'srgb' } as const;
    await refuses(codec.create(join(folder, 'a.jpg'), wide), /at most 65500 pixels.*70000×1/);
    await refuses(codec.create(join(folder, 'a.webp'), { ...wide, width: 16_384 }), /at most 16383/);
  });
  it.each([0, 101, 50.5, NaN])('refuses quality %d', async (quality) => {
    await expect(create(join(folder, 'a.jpg'), { quality })).rejects.toMatchObject({ code: 'invalid-argument' });
  });
  it('names a temporary folder that is missing, and how to choose another', async () => {
    const lost = sharpCodec({ temporaryFolder: join(folder, 'lost'), inMemoryPixels: 0 }).codec!;
    await refuses(create(join(folder, 'a.png'), {}, lost), /temporary folder .*lost.*temporaryFolder/);
    await refuses(lost.open(await sharp(Buffer.alloc(12), { raw: { width: 2, height: 2, channels: 3 } }).png().toBuffer()), /temporaryFolder/);
  });
  it('reports a full device behind a stream', async () => {
    if ((await stat('/dev/full').catch(() => undefined)) === undefined) return;
    await refuses(write({ stream: createWriteStream('/dev/full'), format: 'png' }), /disk is full/);
  });
  it('refuses a folder that may not be written to', async () => {
    const locked = join(folder, 'locked');
    await mkdir(locked);
    await chmod(root, 0o755);
    await chmod(folder, 0o755);
    await chmod(locked, 0o555);
    const root0 = process.getuid?.() === 0;
    if (root0) process.seteuid!(65_534);
    try {
      await refuses(create(join(locked, 'a.png')), /may not be written to.*[Cc]hange its permissions/, ['locked', 'temporary']);
    } finally {
      if (root0) process.seteuid!(0);
    }
    expect(await readdir(locked)).toEqual([]);
  });
});

describe('a full disk', () => {
  const noise: PixelImage = { ...image, width: 1024, height: 1024, data: new Uint8Array(1024 * 1024 * 3) };
  let state = 1;
  for (let i = 0; i < noise.data.length; i++) {
    state = Math.imul(state, 1664525) + 1013904223;
    noise.data[i] = state >>> 24;
  }
  const description = { width: 1024, height: 1024, channels: 3, alpha: false, type: 'uint8', transfer: 'srgb' } as const;

  async function mounted(work: (path: string) => Promise<void>): Promise<boolean> {
    const small = join(folder, 'small');
    await mkdir(small);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', small], { stdio: 'ignore' });
    } catch {
      return false;
    }
    try {
      await work(small);
    } finally {
      execFileSync('umount', [small]);
    }
    return true;
  }

  it('leaves nothing on it, for each format (a mounted file system of 1 MB)', async (context) => {
    const ran = await mounted(async (small) => {
      for (const name of ['a.png', 'a.tif', 'a.jpg']) {
        const writer = await codec.create(join(small, name), description, { quality: 100 });
        await writer.write(noise);
        await expect(writer.finish()).rejects.toMatchObject({ code: 'output-failed', message: expect.stringMatching(/small\/a\..*disk is full/) });
        expect(await readdir(small)).toEqual([]);
      }
      const crowded = sharpCodec({ temporaryFolder: small, inMemoryPixels: 0 }).codec!;
      const writer = await crowded.create(join(folder, 'a.png'), description);
      await expect(writer.write(noise)).rejects.toMatchObject({ code: 'output-failed', message: expect.stringMatching(/temporary folder .*disk is full/) });
      await writer.abort();
      const png = await sharp(noise.data, { raw: description }).png().toBuffer();
      await expect(crowded.open(png)).rejects.toMatchObject({ code: 'output-failed', message: expect.stringMatching(/temporary folder .*disk is full/) });
      expect(await readdir(small)).toEqual([]);
    });
    if (!ran) context.skip('file systems cannot be mounted here; the next test covers the error');
  });

  it('is told from what libvips says (sharp replaced by one whose disk is full)', async () => {
    const full = new Proxy(sharp, {
      apply(target, self, args: Parameters<typeof sharp>): unknown {
        const pipeline = Reflect.apply(target, self, args) as Sharp;
        const text = 'out.png: write error\nsystem error: No space left on device\nwbuffer_write: write failed';
        return Object.assign(pipeline, { toFile: (): Promise<never> => Promise.reject(new Error(text)) });
      },
    });
    const crowded = sharpCodec({ sharp: full, temporaryFolder, inMemoryPixels: 0 }).codec!;
    await refuses(write(join(folder, 'a.png'), {}, crowded), /a\.png: the disk is full/);
  });
});

describe('replacing', () => {
  it('writes over the file it reads', async () => {
    const path = join(folder, 'a.png');
    await sharp(image.data, { raw: image }).png().toFile(path);
    const reader = await codec.open(path);
    const writer = await create(path, { overwrite: true });
    for (let band = await reader.read(10); band; band = await reader.read(10)) {
      await writer.write({ ...band, data: band.data.map((value) => 255 - value) });
    }
    await writer.finish();
    expect(await sharp(path).raw().toBuffer()).toEqual(Buffer.from(image.data.map((value) => 255 - value)));
  });

  it('replaces what a link leads to, and keeps link and permissions', async () => {
    const path = join(folder, 'a.png');
    const link = join(folder, 'link.png');
    await writeFile(path, 'old', { mode: 0o600 });
    await symlink(path, link);
    expect((await write(link, { overwrite: true })).path).toBe(link);
    expect((await lstat(link)).isSymbolicLink()).toBe(true);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await sharp(path).metadata()).width).toBe(64);
  });

  it('gives new files the permissions files get', async () => {
    const path = join(folder, 'a.png');
    await write(path);
    await writeFile(join(folder, 'plain'), '');
    expect((await stat(path)).mode).toBe((await stat(join(folder, 'plain'))).mode);
  });
});
