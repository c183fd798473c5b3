import type { PixelImage } from '@deblur/core';
import { expect, it, vi } from 'vitest';
import { displayP3Profile } from './formats/icc-profile.ts';
import { createCanvasCodec } from './index.ts';
import { difference, interleaved, readPicture, writePicture } from './testing/read-pixels.ts';
import { storedPicture } from './testing/stored-pictures.ts';
import type { PictureName } from './testing/stored-pictures.ts';

const codec = createCanvasCodec();
const [width, height] = [40, 30];
const rgba = Uint8ClampedArray.from({ length: width * height * 4 }, (_, i) => (i % 4 === 3 ? 255 : (i * 37 + (i >> 7) * 11) % 256));
const rgb = Uint8Array.from({ length: width * height * 3 }, (_, i) => rgba[Math.floor(i / 3) * 4 + (i % 3)]!);
const image = { width, height, channels: 3, transfer: 'srgb', data: rgb } as const;

function drawn(colorSpace: PredefinedColorSpace = 'srgb'): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d', { colorSpace })!.putImageData(new ImageData(rgba, width, height, { colorSpace }), 0, 0);
  return canvas;
}

async function pngBlob(icc?: Uint8Array): Promise<Blob> {
  return new Blob([(await writePicture(codec, { ...image, ...(icc && { icc }) }, 'png')).data], { type: 'image/png' });
}

it.each<[PictureName, number]>([
  ['losslessWebp', 0], ['nearLosslessWebp', 0], ['paletteWebp', 0], ['lossyWebp', 0], ['interlacedPng', 0], ['palettePng', 0], ['interlacedDeepPng', 0],
  ['avif', 2],
])('reads %s as libvips does', async (name, tolerance) => {
  const stored = storedPicture(name);
  const { image: read, warnings } = await readPicture(codec, stored.encoded);
  const { colour, opacity } = difference(interleaved(read), stored.data);
  expect(colour).toBeLessThanOrEqual(tolerance);
  // Chromium takes the opacity of this AVIF for limited range (16–235), libvips for full.
  expect(opacity).toBeLessThanOrEqual(name === 'avif' ? 20 : 0);
  expect(warnings).toEqual([]);
});

it('reads blob:, data: and http: URLs, and says which one failed', async () => {
  const blob = await pngBlob();
  const url = URL.createObjectURL(blob);
  expect((await readPicture(codec, url)).image.data).toEqual(rgb);
  expect((await readPicture(codec, new URL(url))).image.data).toEqual(rgb);
  URL.revokeObjectURL(url);
  await expect(codec.open(url)).rejects.toMatchObject({ code: 'image-unreadable', message: expect.stringContaining('Cannot load blob:') });
  const data = `data:image/png;base64,${btoa(String.fromCharCode(...new Uint8Array(await blob.arrayBuffer())))}`;
  expect((await readPicture(codec, data)).image.data).toEqual(rgb);
  const page = await codec.open(location.href).catch((error: unknown) => error);
  expect(page).toMatchObject({ code: 'image-unreadable', message: expect.stringContaining('not a picture') });
  await expect(codec.open(data, { limits: { bytes: 10 } })).rejects.toMatchObject({ code: 'limit-exceeded' });
});

it('reads an image element from its address, with profile and 16 bits', async () => {
  const icc = displayP3Profile();
  const deep = { ...image, data: Uint16Array.from(rgb, (value) => value * 257 + 3 * (value % 50)), icc };
  const element = new Image();
  element.src = URL.createObjectURL(new Blob([(await writePicture(codec, deep, 'png')).data]));
  await element.decode();
  const { image: read } = await readPicture(codec, element);
  expect(read.data).toEqual(deep.data);
  expect(read.icc).toEqual(icc);
  URL.revokeObjectURL(element.src);
  const { image: drawnAgain } = await readPicture(codec, element);
  expect(drawnAgain.width).toBe(width);
  expect(drawnAgain.data).toBeInstanceOf(Uint8Array);
  await expect(codec.open(new Image())).rejects.toMatchObject({ code: 'image-unreadable', message: expect.stringContaining('not loaded') });
});

it('draws an SVG that is in an image element, and refuses the file', async () => {
  const svg = new Blob(['<svg xmlns="http://www.w3.org/2000/svg" width="8" height="4"><rect width="8" height="4" fill="#f00"/></svg>'], { type: 'image/svg+xml' });
  const element = new Image();
  element.src = URL.createObjectURL(svg);
  await element.decode();
  const { image: read } = await readPicture(codec, element);
  expect([read.width, read.height, ...read.data.subarray(0, 3)]).toEqual([8, 4, 255, 0, 0]);
  await expect(codec.open(svg)).rejects.toMatchObject({ code: 'image-unreadable', message: expect.stringContaining('vector') });
});

it('reads canvases, ImageBitmaps, VideoFrames and ImageData exactly where they are opaque', async () => {
  const canvas = drawn();
  const element = document.createElement('canvas');
  Object.assign(element, { width, height });
  element.getContext('2d')!.putImageData(new ImageData(rgba, width, height), 0, 0);
  const bitmap = await createImageBitmap(canvas);
  for (const source of [canvas, element, bitmap, new ImageData(rgba, width, height)]) {
    const { image: read, info, warnings } = await readPicture(codec, source);
    expect(info).toMatchObject({ width, height, channels: 3, alpha: false, type: 'uint8', format: 'raw', orientation: 1 });
    expect(await codec.probe(source)).toEqual(info);
    expect(read.data).toEqual(rgb);
    expect(warnings).toEqual([]);
  }
  const frame = new VideoFrame(canvas, { timestamp: 0 });
  expect((await readPicture(codec, frame)).image.data).toEqual(rgb);
  frame.close();
  await expect(codec.open(frame)).rejects.toMatchObject({ code: 'image-unreadable', message: expect.stringContaining('closed') });
  bitmap.close();
  await expect(codec.open(bitmap)).rejects.toMatchObject({ code: 'image-unreadable' });
  await expect(codec.open(canvas, { limits: { pixels: 100 } })).rejects.toMatchObject({ code: 'limit-exceeded' });
});

it('keeps the colours of translucent ImageData, and warns of an ImageBitmap that cannot', async () => {
  const translucent = rgba.map((value, i) => (i % 4 === 3 ? i % 255 : value));
  const data = new ImageData(translucent, width, height);
  const { image: read, warnings } = await readPicture(codec, data);
  expect(interleaved(read)).toEqual(new Uint8Array(translucent));
  expect(warnings).toEqual([]);
  const { warnings: rounded, image: fromBitmap } = await readPicture(codec, await createImageBitmap(data));
  expect(rounded).toMatchObject([{ code: 'source-reduced' }]);
  expect(fromBitmap.alpha).toEqual(read.alpha);
});

it('keeps Display P3 of canvases and ImageData', async () => {
  for (const source of [drawn('display-p3'), new ImageData(rgba, width, height, { colorSpace: 'display-p3' })]) {
    const { image: read, info } = await readPicture(codec, source);
    expect(read.data).toEqual(rgb);
    expect(read.icc).toEqual(displayP3Profile());
    expect(info.space).toBe('display-p3');
  }
});

it('reads a file of the origin private file system', async () => {
  const folder = await navigator.storage.getDirectory();
  const handle = await folder.getFileHandle('source.png', { create: true });
  const stream = await handle.createWritable();
  await stream.write(await pngBlob());
  await stream.close();
  expect(codec.canRead(handle)).toBe(true);
  expect((await readPicture(codec, handle)).image.data).toEqual(rgb);
  await folder.removeEntry('source.png');
});

it('works in a worker', async () => {
  const worker = new Worker(new URL('./testing/codec-worker.ts', import.meta.url), { type: 'module' });
  try {
    const answer = new Promise<{ image: PixelImage; jpeg: Uint8Array<ArrayBuffer> }>((resolve, reject) => {
      worker.onmessage = (event): void => resolve(event.data);
      worker.onerror = (event): void => reject(new Error(event.message));
    });
    const stored = storedPicture('lossyWebp');
    worker.postMessage(new Blob([stored.encoded]));
    const { image: read, jpeg } = await answer;
    expect(difference(interleaved(read), stored.data)).toEqual({ colour: 0, opacity: 0 });
    expect(await codec.probe(jpeg)).toMatchObject({ format: 'jpeg', width: stored.width, height: stored.height });
  } finally {
    worker.terminate();
  }
});

it('says what to do about pixels of another site', async () => {
  vi.spyOn(OffscreenCanvasRenderingContext2D.prototype, 'getImageData').mockImplementation(() => {
    throw new DOMException('The canvas has been tainted by cross-origin data.', 'SecurityError');
  });
  const refused = codec.open(drawn());
  await expect(refused).rejects.toMatchObject({ code: 'image-unreadable', message: expect.stringContaining('crossOrigin') });
  vi.restoreAllMocks();
});

it('keeps the values of an AVIF that says Display P3 by numbers, and converts HDR', async () => {
  const bytes = storedPicture('taggedAvif').encoded;
  const at = String.fromCharCode(...bytes).indexOf('nclx');
  bytes.set([0, 1, 0, 13], at + 4);
  const { image: plain } = await readPicture(codec, bytes);
  expect(plain.icc).toBeUndefined();
  bytes.set([0, 12, 0, 13], at + 4);
  const { image: wide } = await readPicture(codec, bytes);
  expect(wide.icc).toEqual(displayP3Profile());
  expect(wide.data).toEqual(plain.data);
  bytes.set([0, 9, 0, 16], at + 4);
  const { image: hdr, warnings } = await readPicture(codec, bytes);
  expect(warnings).toMatchObject([{ code: 'source-reduced' }]);
  expect(hdr.icc).toBeUndefined();
  expect(hdr.data).not.toEqual(plain.data);
});
