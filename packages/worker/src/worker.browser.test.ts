import { createDeblur, UnsupportedError } from '@deblur/core';
import { blobSink, canvasCodec, imageBitmapSink } from '@deblur/plugin-canvas';
import { afterAll, describe, expect, it } from 'vitest';
import { connectDeblur } from './index.ts';
import { blurredPicture } from './testing/blurred-picture.ts';

const deblur = connectDeblur(new Worker(new URL('./testing/browser-worker.ts', import.meta.url), { type: 'module' }));
afterAll(() => deblur.dispose());

const withPsf = { method: 'tv', psf: 'motion:7,0', noise: 0.01 } as const;

function pixelsOf(canvas: HTMLCanvasElement): Uint8ClampedArray {
  const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d')!;
  copy.drawImage(canvas, 0, 0);
  return copy.getImageData(0, 0, canvas.width, canvas.height).data;
}

/** Longest time in milliseconds in which this page could not react while work was under way. */
async function longestGap(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = performance.now();
  let watching = true;
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (watching) setTimeout(() => port2.postMessage(null));
  };
  port2.postMessage(null);
  await work();
  watching = false;
  port1.close();
  return longest;
}

describe('a worker in the browser', () => {
  it('restores as the page itself does, and shows rows on a canvas of the page as they are done', async () => {
    const picture = blurredPicture(200, 150);
    const canvas = document.createElement('canvas');
    const { image, warnings } = await deblur.run(picture, { ...withPsf, show: canvas.transferControlToOffscreen() });
    const expected = await createDeblur({ plugins: [canvasCodec()] }).run(picture, withPsf);
    expect(image!.data).toEqual(expected.image!.data);
    expect(warnings).toEqual(expected.warnings);
    await expect.poll(() => canvas.width).toBe(200);
    await expect.poll(() => Math.max(...pixelsOf(canvas).map((value, i) => Math.abs(value - (i % 4 === 3 ? 255 : image!.data[Math.floor(i / 4) * 3 + (i % 4)]!))))).toBe(0);
  });

  it('reads a File, writes to a canvas of the page, a Blob and an ImageBitmap', async () => {
    const png = blobSink('png');
    await deblur.write(blurredPicture(64, 48), png);
    const canvas = document.createElement('canvas');
    await deblur.run(new File([png.blob!], 'a.png'), { ...withPsf, output: canvas.transferControlToOffscreen() });
    await expect.poll(() => canvas.height).toBe(48);
    const bitmap = imageBitmapSink();
    const saved = blobSink();
    const result = await deblur.run(png.blob!, { ...withPsf, output: bitmap });
    expect(bitmap.bitmap).toMatchObject({ width: 64, height: 48 });
    expect(result.sourceFormat).toBe('png');
    expect(result.image).toBeUndefined();
    await (await deblur.run(png.blob!, withPsf)).save(saved);
    expect(saved.blob!.type).toBe('image/png');
  });

  it('takes addresses relative to the page', async () => {
    await expect(deblur.read('/none-such.png')).rejects.toThrow(new URL('/none-such.png', location.href).href);
  });

  it('tells what its backend can use', async () => {
    const providers = await deblur.providers();
    expect(providers.find(({ provider }) => provider === 'wasm')).toMatchObject({ available: true });
  });

  it('leaves the page free while a megapixel is restored: no gap above 50 ms', async () => {
    const picture = blurredPicture(1024, 1024);
    await deblur.run(blurredPicture(64, 64), withPsf);
    // A collection of garbage or another program may fall into one attempt; work on the main thread blocks every one.
    const gaps: number[] = [];
    const buffers: number[] = [];
    while (gaps.length < 5 && !(Math.min(...gaps) <= 50)) {
      gaps.push(await longestGap(async () => buffers.push((await deblur.run(picture, withPsf)).timings.restoreMs)));
    }
    console.log(`Longest gap of the page: ${Math.min(...gaps).toFixed(1)} ms while ${Math.round(buffers[0]!)} ms were computed.`);
    expect(Math.min(...gaps), `gaps of ${gaps.map(Math.round).join(', ')} ms`).toBeLessThanOrEqual(50);
  }, 120_000);

  it('notices a page that is blocked', async () => {
    const gap = await longestGap(async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      const start = performance.now();
      while (performance.now() - start < 120);
      await new Promise((resolve) => setTimeout(resolve, 20));
    });
    expect(gap).toBeGreaterThan(100);
  });
});

it('says so when the worker cannot be started', async () => {
  const broken = connectDeblur(new Worker(URL.createObjectURL(new Blob(['throw new Error("no script")'], { type: 'text/javascript' }))));
  await expect(broken.models()).rejects.toThrow(UnsupportedError);
});
