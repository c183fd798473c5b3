import type { Psf } from '../blur/psf.ts';
import type { PixelFormat, TileProgram, TileSize } from '../runtime/tile-program.ts';
import type { DeconvolutionRestorerOptions } from './deconvolution-restorer.ts';

/** What a thread has to know to deconvolve tiles of a picture. Plain data: it can be sent to a worker. */
export interface DeconvolutionJob {
  readonly psf: Psf;
  readonly options: DeconvolutionRestorerOptions;
  /** Format of the tiles' samples. */
  readonly format: PixelFormat;
  /** Size of all tiles in pixels. */
  readonly tile: TileSize;
}

/** A job that solvers were given. Runs asked for at the same time are computed at the same time. */
export interface SolverProgram extends TileProgram {
  /** Lets the solvers forget the job. Safe to call twice. */
  close(): void;
}

/** Threads that deconvolve tiles of one picture at the same time, such as workers. Owned by the client that has the plugin. */
export interface TileSolvers {
  /** Most tiles computed at once, ≥ 1. */
  readonly size: number;
  /**
   * Takes a job; cheap. Its runs give exactly what `createDeconvolutionRestorer(psf, options).prepare(format, tile)` gives. A run rejects
   * with an `UnsupportedError` where no thread can be started: the tile is then computed by the caller. With a `DeviceLostError` where
   * a thread is gone in the middle of one; an `AbortedError` as soon as the signal fires; and what deconvolution itself throws.
   */
  prepare(job: DeconvolutionJob): SolverProgram;
  /** Ends the threads. Safe to call twice. */
  dispose(): Promise<void>;
}
