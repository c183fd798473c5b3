import type { ProgressListener, RunResult } from '@deblur/core';

/** How one picture is restored on the GPU. */
export interface GpuRestoreOptions {
  /**
   * Where the picture is shown: a canvas without a context, or one shown on before. Its size becomes the picture's. Default:
   * the result holds an ImageBitmap.
   */
  readonly canvas?: HTMLCanvasElement | OffscreenCanvas;
  /** Show the picture on the canvas after each row of tiles, not only at the end. Default false. */
  readonly progressive?: boolean;
  /** Side of a tile in pixels, for models of free size. Default: from `memory`. */
  readonly tile?: number;
  /** Memory to plan with, in bytes. Default 1 GiB. */
  readonly memory?: number;
  /** How much of the change is applied, 0 (none) to 1 (all, default). */
  readonly strength?: number;
  /** Values for the model's parameter tensors. */
  readonly parameters?: Readonly<Record<string, number>>;
  /** Stops the work after the tile under way; the call rejects at once. */
  readonly signal?: AbortSignal;
  /** Told of each tile. */
  readonly onProgress?: ProgressListener;
}

/** What came of a picture on the GPU. */
export interface GpuRestoreResult extends Pick<RunResult, 'width' | 'height' | 'model' | 'backend' | 'tiles' | 'warnings' | 'timings'> {
  /** The restored picture, for the caller to draw and close; absent when a canvas was given. */
  readonly image?: ImageBitmap;
  /**
   * Copies from the GPU to the processor that the picture took: one, of four bytes for each tile, at the end. Where the processor
   * emulates the GPU, one more for each time the picture is shown.
   */
  readonly readBacks: { readonly count: number; readonly bytes: number };
}
