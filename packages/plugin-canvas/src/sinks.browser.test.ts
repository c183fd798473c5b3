import { createDeblur } from '@deblur/core';
import type { ImageDescription, PixelImage, WrittenImage } from '@deblur/core';
import { afterEach, expect, it, vi } from 'vitest';
import { displayP3Profile } from './formats/icc-profile.ts';
import { viewOf } from './bytes.ts';
import { canvasCodec, createCanvasCodec, blobSink, imageBitmapSink, imageDataSink } from './index.ts';
import { interleaved } from './testing/read-pixels.ts';

const codec = createCanvasCodec();
const [width, height] = [40, 30];
const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 37 + (i >> 7) * 11) % 256);
const alpha = Uint8Array.from({ length: width * height }, (_, i) => (i * 7) % 256);
const image: PixelImage = { width, height, channels: 3, transfer: 'srgb', data };
const opaque = interleaved({ ...image, alpha: new Uint8Array(width * height).fill(255) });

async function write(sink: unknown, picture: PixelImage, options = {}): Promise<WrittenImage> {
  const description: ImageDescription = { ...picture, type: 'uint8', alpha: picture.alpha !== undefined };
  const writer = await codec.create(sink, description, options);
  await writer.write(picture);
  return writer.finish();
}

afterEach(() => vi.restoreAllMocks());

it('draws on canvases when the picture is finished, not before', async () => {
  const element = document.createElement('canvas');
  for (const canvas of [element, new OffscreenCanvas(3, 3)]) {
    const writer = await codec.create(canvas, { ...image, type: 'uint8', alpha: false });
    await writer.write(image);
    expect(canvas.width).not.toBe(width);
    const written = await writer.finish();
    expect(written).toMatchObject({ format: 'raw', bytes: width * height * 4, warnings: [] });
    expect([canvas.width, canvas.height]).toEqual([width, height]);
    const context = canvas.getContext('2d') as CanvasRenderingContext2D;
    expect(new Uint8Array(context.getImageData(0, 0, width, height).data)).toEqual(opaque);
  }
});

it('leaves a canvas alone when it is given up', async () => {
  const canvas = new OffscreenCanvas(3, 3);
  const writer = await codec.create(canvas, { ...image, type: 'uint8', alpha: false });
  await writer.write(image);
  await writer.abort();
  await expect(writer.finish()).rejects.toMatchObject({ code: 'disposed' });
  expect(canvas.width).toBe(3);
});

it('refuses a canvas that has another kind of context', async () => {
  const canvas = new OffscreenCanvas(3, 3);
  canvas.getContext('bitmaprenderer');
  await expect(write(canvas, image)).rejects.toMatchObject({ code: 'output-failed', message: expect.stringContaining('context') });
});

it('gives Display P3 pictures to canvases and ImageData in that space', async () => {
  const picture = { ...image, icc: displayP3Profile() };
  const canvas = new OffscreenCanvas(1, 1);
  await write(canvas, picture);
  const context = canvas.getContext('2d')!;
  expect(new Uint8Array(context.getImageData(0, 0, width, height, { colorSpace: 'display-p3' }).data)).toEqual(opaque);
  const sink = imageDataSink();
  expect((await write(sink, picture)).warnings).toEqual([]);
  expect(sink.imageData!.colorSpace).toBe('display-p3');
  expect(new Uint8Array(sink.imageData!.data)).toEqual(opaque);
});

it('converts from other profiles and says so', async () => {
  // Display P3 with red and blue exchanged: what is red in the values is blue to see.
  const icc = displayP3Profile();
  const view = viewOf(icc);
  const tagAt = (name: string): number => [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((i) => 132 + 12 * i).find((at) => String.fromCharCode(...icc.subarray(at, at + 4)) === name)!;
  const [red, blue] = [tagAt('rXYZ'), tagAt('bXYZ')];
  const [redOffset, blueOffset] = [view.getUint32(red + 4), view.getUint32(blue + 4)];
  view.setUint32(red + 4, blueOffset);
  view.setUint32(blue + 4, redOffset);
  const sink = imageDataSink();
  const { warnings } = await write(sink, { ...image, icc });
  expect(warnings).toMatchObject([{ code: 'source-reduced', message: expect.stringContaining('Display P3') }]);
  const swapped = opaque.map((value, i) => (i % 4 === 0 ? opaque[i + 2]! : i % 4 === 2 ? opaque[i - 2]! : value));
  const most = Math.max(...sink.imageData!.data.map((value, i) => Math.abs(value - swapped[i]!)));
  expect(most).toBeLessThanOrEqual(2);
});

it('gives ImageData with exact opacity and colours, and ImageBitmaps', async () => {
  const sink = imageDataSink();
  await write(sink, { ...image, alpha });
  expect(new Uint8Array(sink.imageData!.data)).toEqual(interleaved({ ...image, alpha }));
  const bitmaps = imageBitmapSink();
  await write(bitmaps, image);
  expect([bitmaps.bitmap!.width, bitmaps.bitmap!.height]).toEqual([width, height]);
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d')!.drawImage(bitmaps.bitmap!, 0, 0);
  expect(new Uint8Array(canvas.getContext('2d')!.getImageData(0, 0, width, height).data)).toEqual(opaque);
});

it('reduces 16 bits for a canvas and says so', async () => {
  const sink = imageDataSink();
  const deep = { ...image, data: Uint16Array.from(data, (value) => value * 257) };
  const writer = await codec.create(sink, { ...deep, type: 'uint16', alpha: false });
  await writer.write(deep);
  expect((await writer.finish()).warnings).toMatchObject([{ code: 'source-reduced', message: expect.stringContaining('uint16') }]);
  expect(new Uint8Array(sink.imageData!.data)).toEqual(opaque);
});

it('writes a file handle in one step', async () => {
  const folder = await navigator.storage.getDirectory();
  const handle = await folder.getFileHandle('picture.webp', { create: true });
  const writer = await codec.create(handle, { ...image, type: 'uint8', alpha: false });
  await writer.write(image);
  expect((await handle.getFile()).size).toBe(0);
  const { format, bytes } = await writer.finish();
  expect(format).toBe('webp');
  expect((await handle.getFile()).size).toBe(bytes);
  await folder.removeEntry('picture.webp');
});

it('refuses before the first row a format the browser would replace by PNG', async () => {
  const original = OffscreenCanvas.prototype.convertToBlob;
  vi.spyOn(OffscreenCanvas.prototype, 'convertToBlob').mockImplementation(function convert(this: OffscreenCanvas) {
    return original.call(this, { type: 'image/png' });
  });
  await expect(write({ format: 'webp' }, image)).rejects.toMatchObject({ code: 'unsupported', message: expect.stringContaining('webp') });
  expect((await write({ format: 'webp' }, image, { lossless: true })).format).toBe('webp');
});

it('refuses more pixels than a canvas holds, naming PNG', async () => {
  const description = { width: 65_000, height: 65_000, channels: 3, alpha: false, type: 'uint8', transfer: 'srgb' } as const;
  await expect(codec.create({ format: 'jpeg' }, description)).rejects.toMatchObject({ code: 'output-failed', message: expect.stringContaining('png') });
});

it('serves a client: reads a Blob, writes a Blob', async () => {
  const deblur = createDeblur({ plugins: [canvasCodec()] });
  const first = blobSink('png');
  await deblur.write({ ...image, alpha }, first);
  const again = await deblur.read(first.blob!);
  expect(interleaved(again)).toEqual(interleaved({ ...image, alpha }));
  await deblur.dispose();
});
