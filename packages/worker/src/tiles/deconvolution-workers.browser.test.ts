import { createDeblur } from '@deblur/core';
import { expect, it } from 'vitest';
import { deconvolutionWorkers } from '../index.ts';
import { blurredPicture } from '../testing/blurred-picture.ts';

const tiled = { method: 'tv', psf: 'motion:7,0', noise: 0.01, tile: 96 } as const;
const picture = blurredPicture(200, 100);

it('gives in the browser what the page itself gives', async () => {
  const start = (): Worker => new Worker(new URL('../testing/deconvolution-worker.ts', import.meta.url), { type: 'module' });
  const deblur = createDeblur({ plugins: [deconvolutionWorkers({ start, size: 2 })] });
  const { image, tiles, warnings } = await deblur.run(picture, tiled);
  const expected = await createDeblur().run(picture, tiled);
  expect(tiles.count).toBeGreaterThan(2);
  expect(image!.data).toEqual(expected.image!.data);
  expect(warnings).toEqual([]);
  await deblur.dispose();
});

it('computes on the page, with a warning, when the script is broken', async () => {
  const start = (): Worker => new Worker(URL.createObjectURL(new Blob(['throw new Error("no script")'], { type: 'text/javascript' })));
  const deblur = createDeblur({ plugins: [deconvolutionWorkers({ start, size: 2 })] });
  const { warnings } = await deblur.run(picture, tiled);
  expect(warnings).toMatchObject([{ code: 'threads-limited' }]);
  await deblur.dispose();
});
