import { fromFloatPlanes, toFloatPlanes } from '../blur/float-planes.ts';
import type { Psf } from '../blur/psf.ts';
import type { PixelImage, SampleArray, Transfer } from '../image/pixel-image.ts';
import type { TileRestorer } from '../pipeline/tile-restorer.ts';
import { createDeconvolutionPlan } from './deconvolution-plan.ts';
import type { DeconvolutionPlan, DeconvolutionPlanOptions } from './deconvolution-plan.ts';
import { checkFinite, deconvolvePlanes } from './deconvolve-planes.ts';
import { createPacer } from './pacer.ts';
import type { PlaneSolver } from './plane-solver.ts';

/** Gives the solver for a tile; a signal stops it. */
export type TileSolver = (signal?: AbortSignal) => PlaneSolver;

/** What differs between restorers that solve tile by tile with one PSF. */
export interface PlanRestorerOptions extends Pick<DeconvolutionPlanOptions, 'boundary' | 'implementation'> {
  readonly space: Transfer;
  /** Floats a pixel at most held at once. */
  readonly floatsPerPixel: number;
  /** Binds the method to the plan of a tile shape; called once for each shape. */
  bind(plan: DeconvolutionPlan): TileSolver;
}

/** A tile restorer that solves each tile on its own: the halo is twice the longer side of the PSF, and neighbours blend over once that side. */
export function createPlanRestorer(psf: Psf, options: PlanRestorerOptions): TileRestorer {
  const { space, boundary, implementation, floatsPerPixel } = options;
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
      let ready: Promise<{ plan: DeconvolutionPlan; solver: TileSolver }> | undefined;
      let turn: Promise<unknown> = Promise.resolve();
      const open = async (): Promise<{ plan: DeconvolutionPlan; solver: TileSolver }> => {
        const plan = await createDeconvolutionPlan({
          ...tile, psf, ...(boundary && { boundary }), ...(implementation && { implementation }),
        });
        return { plan, solver: options.bind(plan) };
      };

      async function restore(data: SampleArray, signal: AbortSignal | undefined): Promise<Float32Array> {
        const pace = createPacer(signal);
        await pace();
        const { plan, solver } = await (ready ??= open());
        const image: PixelImage = { ...tile, channels: source.channels, data, transfer: source.transfer };
        const picture = toFloatPlanes(image, space);
        checkFinite(picture, source.type);
        const restored = await deconvolvePlanes(plan, solver(signal), picture, pace);
        return fromFloatPlanes(restored, image, space, 'float32').data as Float32Array;
      }

      return {
        async run(tiles, signal) {
          const results: Float32Array[] = [];
          for (const data of tiles) {
            // Solvers keep work memory between turns of the event loop: tiles asked for at the same time wait for each other.
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
