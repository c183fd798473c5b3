import { fromFloatPlanes, toFloatPlanes } from '../blur/float-planes.ts';
import { checkFinite } from '../deconvolution/deconvolve-planes.ts';
import { createPacer } from '../deconvolution/pacer.ts';
import { InvalidArgumentError } from '../errors/invalid-argument-error.ts';
import type { PixelImage, Transfer } from '../image/pixel-image.ts';
import type { TileRestorer } from '../pipeline/tile-restorer.ts';
import { windowRadius } from './local-mean.ts';
import type { MildBlur } from './mild-blur.ts';
import { chooseReblurOptions } from './polyblur-options.ts';
import type { ReblurOptions } from './polyblur-options.ts';
import { reblurReach } from './reblur-filter.ts';
import { reblurPlanes } from './reblur-planes.ts';
import type { NoisyPlanes } from './reblur-planes.ts';

/** Options of `polyblur`, but for those that belong to a whole picture. */
export interface PolyblurRestorerOptions extends ReblurOptions {
  /** Standard deviation of the noise in the working space as a share of full scale, [0, 1]; one for all tiles. See `PolyblurResult.noise`. */
  readonly noise: number;
  /** Working space, in which the blurs were estimated. Default `linear`. */
  readonly space?: Transfer;
}

/** Floats a pixel at most held at once, counted: tile, planes before and after, plane and spectra of the transform. */
const floatsPerPixel = 24;

/**
 * Polyblur as a tile restorer, for pictures of any size. The blurs are those of the whole picture: estimate them once, by `polyblur` on
 * the picture or a large part of it, and pass `result.blurs` and `result.noise`. Tiles keep a halo of what the steps together gather from, so that they
 * agree with the whole picture.
 *
 * @param blurs one for each step, in order; none leaves tiles as they are
 * @throws InvalidArgumentError for a bad blur or option
 */
export function createPolyblurRestorer(blurs: readonly MildBlur[], options: PolyblurRestorerOptions): TileRestorer {
  const { space = 'linear', noise } = options;
  const how = chooseReblurOptions(noise, options);
  blurs.forEach(checkMildBlur);
  const halo = blurs.reduce((sum, blur) => sum + reblurReach(blur) + windowRadius + 1, 0);
  return {
    size: { minimum: 1, multipleOf: 1 },
    halo,
    overlap: 2 * halo,
    memory: { fixedBytes: 2 ** 24, bytesPerPixel: 4 * floatsPerPixel },
    batch: 1,
    changeLimit: 0.5,
    prepare: (source, tile) => ({
      async run(tiles, signal) {
        const pace = createPacer(signal);
        const results: Float32Array[] = [];
        for (const data of tiles) {
          const image: PixelImage = { ...tile, channels: source.channels, data, transfer: source.transfer };
          let picture: NoisyPlanes = { ...toFloatPlanes(image, space), noise };
          checkFinite(picture, source.type);
          for (const blur of blurs) picture = await reblurPlanes(picture, blur, how, pace);
          results.push(fromFloatPlanes(picture, image, space, 'float32').data as Float32Array);
        }
        return results;
      },
    }),
  };
}

function checkMildBlur({ sigma, rho, theta }: MildBlur): void {
  if (sigma > 0 && sigma <= 16 && rho > 0 && rho <= 1 && Number.isFinite(theta)) return;
  throw new InvalidArgumentError(
    `A mild blur has sigma in (0, 16] px, rho in (0, 1] and an angle theta in degrees, not sigma ${sigma}, rho ${rho}, theta ${theta}.`,
  );
}
