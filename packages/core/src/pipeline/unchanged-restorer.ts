import { sampleMaximum } from '../image/samples.ts';
import type { TileRestorer } from './tile-restorer.ts';

/** Gives every tile back as it is. */
export const unchangedRestorer: TileRestorer = {
  size: { minimum: 1, multipleOf: 1 },
  halo: 0,
  overlap: 0,
  memory: { fixedBytes: 0, bytesPerPixel: 24 },
  batch: 1,
  changeLimit: 1,
  prepare: ({ type }) => ({
    run: async (tiles) => tiles.map((tile) => Float32Array.from(tile, (value) => value / sampleMaximum(type))),
  }),
};
