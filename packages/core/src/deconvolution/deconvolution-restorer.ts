import { fromFloatPlanes, toFloatPlanes } from '../blur/float-planes.ts';
import type { Psf } from '../blur/psf.ts';
import { validatePsf } from '../blur/validate-psf.ts';
import type { PixelImage, SampleArray } from '../image/pixel-image.ts';
import type { TileRestorer } from '../pipeline/tile-restorer.ts';
import { createSolver } from './create-solver.ts';
import { chooseDeconvolutionParameters } from './deconvolution-parameters.ts';
import { createDeconvolutionPlan } from './deconvolution-plan.ts';
import type { DeconvolutionPlan } from './deconvolution-plan.ts';
import type { DeconvolveOptions } from './deconvolve.ts';
import { checkFinite, deconvolvePlanes } from './deconvolve-planes.ts';
import { createPacer } from './pacer.ts';
import type { Pacer } from './pacer.ts';
import type { PlaneSolver } from './plane-solver.ts';

/** Options of `deconvolve`, but for those that belong to a whole picture. */
export interface DeconvolutionRestorerOptions extends Omit<DeconvolveOptions, 'type' | 'signal' | 'noise'> {
  /** Standard deviation of the noise in the working space as a share of full scale, [0, 1]; one for all tiles. See `estimateNoise`. */
  readonly noise: number;
}

/** Floats a pixel at most held at once, counted: tile, planes and spectra of three channels, and what the methods keep. */
const floatsPerPixel = 40;

/**
 * Deconvolution as a tile restorer, for pictures of any size. Tiles are deconvolved on their own; `halo` pixels at their edges,
 * twice the longer side of the PSF, are not shown, and neighbours are blended over once that side. Measured on two pictures of Levin et
 * al.: at that distance tiles differ from the whole picture by 0.001 to 0.016 rms of full scale with `tv` and `wiener`, and by 0.0002 to
 * 0.003 with `rl-tv`; the larger figures belong to a PSF of 27×27 whose transfer function nearly vanishes at some frequencies.
 *
 * @throws InvalidArgumentError for a bad PSF or option
 */
export function createDeconvolutionRestorer(psf: Psf, options: DeconvolutionRestorerOptions): TileRestorer {
  const { method = 'tv', space = 'linear', noise, boundary, implementation } = options;
  validatePsf(psf);
  const parameters = chooseDeconvolutionParameters(method, noise, options);
  const side = Math.max(psf.width, psf.height);
  const halo = 2 * side;
  return {
    // Pictures in one tile are extended by the plan; reflecting them up to a larger tile, as tiling does, would ring.
    size: { minimum: 1, multipleOf: 1 },
    halo,
    overlap: 2 * halo + side,
    memory: { fixedBytes: 2 ** 24, bytesPerPixel: 4 * floatsPerPixel },
    batch: 1,
    changeLimit: 0.5,
    prepare(source, tile) {
      let ready: Promise<{ plan: DeconvolutionPlan; solver: PlaneSolver }> | undefined;
      const open = async (): Promise<{ plan: DeconvolutionPlan; solver: PlaneSolver }> => {
        const plan = await createDeconvolutionPlan({
          ...tile, psf, ...(boundary && { boundary }), ...(implementation && { implementation }),
        });
        return { plan, solver: createSolver(plan, method, parameters) };
      };
      let turn: Promise<unknown> = Promise.resolve();

      async function restore(data: SampleArray, pace: Pacer): Promise<Float32Array> {
        const { plan, solver } = await (ready ??= open());
        const image: PixelImage = { ...tile, channels: source.channels, data, transfer: source.transfer };
        const picture = toFloatPlanes(image, space);
        checkFinite(picture, source.type);
        const restored = await deconvolvePlanes(plan, solver, picture, pace);
        return fromFloatPlanes(restored, image, space, 'float32').data as Float32Array;
      }

      return {
        async run(tiles, signal) {
          const pace = createPacer(signal);
          const results: Float32Array[] = [];
          for (const data of tiles) {
            // Solvers keep work memory between turns of the event loop: tiles asked for at the same time wait for each other.
            const result = turn.then(() => restore(data, pace));
            turn = result.catch(() => undefined);
            results.push(await result);
          }
          return results;
        },
      };
    },
  };
}
