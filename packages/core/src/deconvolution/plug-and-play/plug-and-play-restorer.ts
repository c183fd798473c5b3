import { fromFloatPlanes, toFloatPlanes } from '../../blur/float-planes.ts';
import type { Psf } from '../../blur/psf.ts';
import { validatePsf } from '../../blur/validate-psf.ts';
import type { PixelImage, SampleArray } from '../../image/pixel-image.ts';
import type { TileRestorer } from '../../pipeline/tile-restorer.ts';
import { checkNoise } from '../check-noise.ts';
import { createDeconvolutionPlan } from '../deconvolution-plan.ts';
import type { DeconvolutionPlan } from '../deconvolution-plan.ts';
import { checkFinite, deconvolvePlanes } from '../deconvolve-planes.ts';
import { createPacer } from '../pacer.ts';
import type { PlugAndPlayOptions } from './deconvolve-plug-and-play.ts';
import { checkDenoiser, choosePlugAndPlayParameters } from './plug-and-play-parameters.ts';
import { createPlugAndPlaySolver } from './plug-and-play-solver.ts';

/** Options of `deconvolvePlugAndPlay`, but for those that belong to a whole picture. */
export interface PlugAndPlayRestorerOptions extends Omit<PlugAndPlayOptions, 'type' | 'signal' | 'noise' | 'onProgress'> {
  /** Standard deviation of the noise in the working space as a share of full scale, [0, 1]; one for all tiles. See `estimateNoise`. */
  readonly noise: number;
}

/** Floats a pixel at most held at once, counted: tile, planes and spectra of three channels, and what the denoiser takes and gives. */
const floatsPerPixel = 48;

/**
 * Plug-and-play deconvolution as a tile restorer, for pictures of any size. Tiles are restored on their own, one after another; `halo`
 * pixels at their edges, twice the longer side of the PSF, are not shown, and neighbours are blended over once that side. Measured at that
 * distance with `ffdnet-color` at noise 0.01: tiles differ from the whole picture by 0.0003 (PSF of 19×19) and 0.006 rms of full scale
 * (23×23, whose transfer function nearly vanishes at some frequencies).
 *
 * @throws InvalidArgumentError for a bad PSF or option
 */
export function createPlugAndPlayRestorer(psf: Psf, options: PlugAndPlayRestorerOptions): TileRestorer {
  const { denoiser, space = 'linear', noise, boundary, implementation } = options;
  validatePsf(psf);
  checkDenoiser(denoiser);
  checkNoise(noise);
  const settings = { ...choosePlugAndPlayParameters(options), denoiser, noise, ...(boundary && { boundary }) };
  const side = Math.max(psf.width, psf.height);
  const halo = 2 * side;
  return {
    size: { minimum: 1, multipleOf: 1 },
    halo,
    overlap: 2 * halo + side,
    memory: { fixedBytes: 2 ** 24, bytesPerPixel: 4 * floatsPerPixel },
    batch: 1,
    changeLimit: 0.5,
    prepare(source, tile) {
      let opened: Promise<DeconvolutionPlan> | undefined;
      let turn: Promise<unknown> = Promise.resolve();
      const open = (): Promise<DeconvolutionPlan> => createDeconvolutionPlan({
        ...tile, psf, ...(boundary && { boundary }), ...(implementation && { implementation }),
      });

      async function restore(data: SampleArray, signal: AbortSignal | undefined): Promise<Float32Array> {
        const pace = createPacer(signal);
        await pace();
        const image: PixelImage = { ...tile, channels: source.channels, data, transfer: source.transfer };
        const picture = toFloatPlanes(image, space);
        checkFinite(picture, source.type);
        const plan = await (opened ??= open());
        const solver = createPlugAndPlaySolver(plan, { ...settings, ...(signal && { signal }) });
        return fromFloatPlanes(await deconvolvePlanes(plan, solver, picture, pace), image, space, 'float32').data as Float32Array;
      }

      return {
        async run(tiles, signal) {
          const results: Float32Array[] = [];
          for (const data of tiles) {
            const result = turn.then(() => restore(data, signal));
            turn = result.catch(() => undefined);
            results.push(await result);
          }
          return results;
        },
      };
    },
  };
}
