import { describe, expect, it } from 'vitest';
import { createDeblur } from '../deblur.ts';
import { UnsupportedError } from '../errors/index.ts';
import { createImage } from '../image/create-image.ts';
import type { RunOptions } from '../pipeline/run-options.ts';
import { createDeconvolutionRestorer } from './deconvolution-restorer.ts';
import type { DeconvolutionJob, TileSolvers } from './tile-solvers.ts';

const [width, height] = [300, 130];
const picture = createImage({
  width, height, data: new Uint8Array(width * height * 3).map((_, i) => 60 + 90 * (((i / 24) ^ (i / (9 * width * 3))) & 1) + (i % 3) * 20),
});
const tiled: RunOptions = { method: 'rl', psf: 'motion:5,20', noise: 0.01, tile: 96, deconvolution: { iterations: 3 } };

interface Watched extends TileSolvers {
  readonly jobs: readonly DeconvolutionJob[];
  /** Most tiles that were computed at the same time. */
  readonly most: number;
  readonly open: number;
  readonly disposed: number;
}

/** Solvers that take turns on this thread, and count. `fail` may throw in place of the tile of that number. */
function watchedSolvers(size: number, fail: (tile: number) => void = () => undefined): Watched {
  const jobs: DeconvolutionJob[] = [];
  let [tiles, now, most, open, disposed] = [0, 0, 0, 0, 0];
  return {
    size, jobs,
    get most() { return most; },
    get open() { return open; },
    get disposed() { return disposed; },
    prepare(given) {
      const job = structuredClone(given);
      jobs.push(job);
      open++;
      return {
        async run(data, signal) {
          most = Math.max(most, ++now);
          try {
            fail(tiles++);
            await new Promise((resolve) => { setTimeout(resolve, 5); });
            return await createDeconvolutionRestorer(job.psf, job.options).prepare(job.format, job.tile).run(data, signal);
          } finally {
            now--;
          }
        },
        close: () => void open--,
      };
    },
    dispose: () => Promise.resolve(void disposed++),
  };
}

const clientOf = (solvers: TileSolvers): ReturnType<typeof createDeblur> => createDeblur({ plugins: [{ specificationVersion: 1, id: 'watched', solvers }] });

describe('deconvolution on several threads', () => {
  it.each([1, 2, 3])('gives what one thread gives, with %i at once', async (size) => {
    const solvers = watchedSolvers(size);
    const { image, tiles, warnings } = await clientOf(solvers).run(picture, tiled);
    const expected = await createDeblur().run(picture, tiled);
    expect(tiles.count).toBeGreaterThan(6);
    expect(tiles).toEqual(expected.tiles);
    expect(image!.data).toEqual(expected.image!.data);
    expect(warnings).toEqual([]);
    expect({ most: solvers.most, jobs: solvers.jobs.length, open: solvers.open }).toEqual({ most: size, jobs: 1, open: 0 });
  });

  it('leaves a picture of one tile on this thread', async () => {
    const solvers = watchedSolvers(4);
    const { tiles } = await clientOf(solvers).run(picture, { ...tiled, tile: undefined });
    expect(tiles.count).toBe(1);
    expect(solvers.jobs).toEqual([]);
  });

  it('computes as many tiles at once as there is memory for, and cuts the picture the same', async () => {
    const solvers = watchedSolvers(8);
    const memory = 2 ** 24 + 2_500_000;
    const { tiles } = await clientOf(solvers).run(picture, { ...tiled, memory });
    expect(tiles).toEqual((await createDeblur().run(picture, tiled)).tiles);
    expect(solvers.most).toBe(1);
    const roomy = watchedSolvers(8);
    await clientOf(roomy).run(picture, { ...tiled, memory: 2.5 * memory });
    expect(roomy.most).toBe(2);
  });

  it('computes on this thread what no solver could be started for, and says so once', async () => {
    const solvers = watchedSolvers(2, (tile) => { if (tile % 3 > 0) throw new UnsupportedError('No such script.'); });
    const { image, warnings } = await clientOf(solvers).run(picture, tiled);
    expect(image!.data).toEqual((await createDeblur().run(picture, tiled)).image!.data);
    expect(warnings).toEqual([{ code: 'threads-limited', message: expect.stringContaining('No such script.'), details: { threads: 2 } }]);
  });

  it('fails with what a solver fails with, and closes the job', async () => {
    const solvers = watchedSolvers(2, (tile) => { if (tile === 2) throw new RangeError('not this one'); });
    await expect(clientOf(solvers).run(picture, tiled)).rejects.toThrow('not this one');
    expect(solvers.open).toBe(0);
  });

  it('disposes solvers with the client', async () => {
    const solvers = watchedSolvers(2);
    await clientOf(solvers).dispose();
    expect(solvers.disposed).toBe(1);
  });
});
