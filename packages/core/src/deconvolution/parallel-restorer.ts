import type { Psf } from '../blur/psf.ts';
import { UnsupportedError } from '../errors/unsupported-error.ts';
import type { TileRestorer } from '../pipeline/tile-restorer.ts';
import { createGate } from '../runtime/gate.ts';
import type { Warning } from '../runtime/warning.ts';
import { createDeconvolutionRestorer } from './deconvolution-restorer.ts';
import type { DeconvolutionRestorerOptions } from './deconvolution-restorer.ts';
import type { SolverProgram, TileSolvers } from './tile-solvers.ts';

/** A restorer whose tiles are computed by solvers. */
export interface ParallelRestorer {
  readonly restorer: TileRestorer;
  /** Lets the solvers forget what they were given. */
  close(): void;
}

/**
 * `createDeconvolutionRestorer` with the tiles of a picture handed to solvers, as many at once as memory allows. Pictures of one tile
 * stay on this thread, and so does, with a warning, a tile for which no solver can be started.
 *
 * @throws InvalidArgumentError for a bad PSF or option
 */
export function createParallelRestorer(
  psf: Psf, options: DeconvolutionRestorerOptions, solvers: TileSolvers, warn: (warning: Warning) => void,
): ParallelRestorer {
  const restorer = createDeconvolutionRestorer(psf, options);
  const programs: SolverProgram[] = [];
  let warned = false;

  function warnOnce(cause: UnsupportedError): void {
    if (warned) return;
    warned = true;
    warn({
      code: 'threads-limited',
      message: `A thread for deconvolution could not be started; its tiles were computed on this one. ${cause.message}`,
      details: { threads: solvers.size },
    });
  }

  return {
    restorer: {
      ...restorer,
      parallel: solvers.size,
      prepare(format, tile, parallel) {
        const here = restorer.prepare(format, tile);
        if (parallel === undefined) return here;
        const { width, height, data, centre } = psf;
        const elsewhere = solvers.prepare({ psf: { width, height, data, centre }, options, format, tile });
        programs.push(elsewhere);
        const gate = createGate(parallel);
        return {
          async run(tiles, signal, places) {
            const leave = await gate.enter(1, signal);
            try {
              return await elsewhere.run(tiles, signal, places);
            } catch (error) {
              if (!UnsupportedError.isInstance(error)) throw error;
              warnOnce(error);
              return await here.run(tiles, signal, places);
            } finally {
              leave();
            }
          },
        };
      },
    },
    close() {
      for (const program of programs.splice(0)) program.close();
    },
  };
}
