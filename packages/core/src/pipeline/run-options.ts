import type { DecodeLimits, EncodeOptions, WrittenImage } from '../codec/codec.ts';
import type { Psf } from '../blur/psf.ts';
import type { BlurDetection } from '../detection/index.ts';
import type { BlindEstimate } from '../estimation/blind/blind-estimate.ts';
import type { ParametricEstimate } from '../estimation/parametric/parametric-estimate.ts';
import type { MildBlur } from '../polyblur/index.ts';
import type { DeconvolutionMethod, DeconvolutionParameters } from '../deconvolution/index.ts';
import type { PixelImage, Transfer } from '../image/pixel-image.ts';
import type { Precision } from '../models/manifest.ts';
import type { ModelPackage } from '../models/model-package.ts';
import type { ExecutionProvider } from '../runtime/backend.ts';
import type { ProgressListener } from '../runtime/progress.ts';
import type { Warning } from '../runtime/warning.ts';
import type { AppliedMethod, RestorationMethod } from './restoration-method.ts';

/** Share of the full size at which a picture is restored: 1, 1/2, 1/3 or 1/4. */
export type WorkingScale = number;

/** Options of `Deblur.run()`. */
export interface RunOptions {
  /** How the picture is restored. Default: `tv` if a PSF is given, else `network`. */
  readonly method?: RestorationMethod;
  /** Deconvolution: the PSF, in pixels of the picture, or its description as `parsePsf` reads it. */
  readonly psf?: Psf | string;
  /** Deconvolution: standard deviation of the noise in `space` as a share of full scale, [0, 1]. Default: estimated. */
  readonly noise?: number;
  /** Deconvolution: where the blur adds up; `srgb` for blur made in encoded values. Default `linear`. */
  readonly space?: Transfer;
  /** Deconvolution: parameters of the method (`pnp`: `lambda` and `iterations`). What is not given follows from the noise. */
  readonly deconvolution?: DeconvolutionParameters;
  /**
   * The network, or the denoiser of `pnp`: a model's id (`maxim-s1`, `maxim-s1@1.0.0`), a tier (`fast`, `default`, `quality`), a
   * model package, or `auto` (default) for the registry's choice among deblurring models.
   */
  readonly model?: string | ModelPackage;
  /** Weights to prefer where a model has several. Default: the first of its manifest. */
  readonly precision?: Precision;
  /** Execution provider(s) to try, in order, and no others. Default: the backend's own order. */
  readonly provider?: ExecutionProvider | readonly ExecutionProvider[];
  /** Threads inside one operator. Default: the backend's choice. */
  readonly threads?: number;
  /** Side of a tile in pixels, for models of free size. Default: from `memory`. */
  readonly tile?: number;
  /** Memory a session may take, in bytes, for choosing the tile size. Default 1 GiB. */
  readonly memory?: number;
  /**
   * Working scale, 1, 1/2, 1/3 (or 0.33) or 1/4: restore a reduced picture and add the enlarged difference to the full one.
   * Cheaper by its square, and often better for blur wider than about 15 px. `auto` measures the blur first (networks; deconvolution takes it for 1). Default 1.
   */
  readonly scale?: WorkingScale | 'auto';
  /** How much of the change is applied, 0 (none) to 1 (all, default). */
  readonly strength?: number;
  /** Values for a model's parameter tensors, e.g. `{ sigma: 0.05 }` for a denoiser. */
  readonly parameters?: Readonly<Record<string, number>>;
  /** Run the golden tile when a session is created. Default true. */
  readonly selfCheck?: boolean;
  /** Where to write. Rows are written as they are done and the result holds no pixels. Default: keep them in the result. */
  readonly output?: unknown;
  /** How to write `output`. */
  readonly encode?: EncodeOptions;
  /** Limits for reading. */
  readonly limits?: DecodeLimits;
  /** Carry EXIF, XMP, IPTC and density over. Default true. The ICC profile is always carried. */
  readonly metadata?: boolean;
  /** Stops the work; the call rejects with an `AbortedError` and leaves nothing half-written. */
  readonly signal?: AbortSignal;
  /** Told about each step. */
  readonly onProgress?: ProgressListener;
  /**
   * Given finished rows from the top as soon as they are restored, to show them. `top` is the place of the first one in the
   * picture. Must not throw, and neither keep nor change the rows.
   */
  readonly onRows?: (rows: PixelImage, top: number) => void;
}

/** Where the time of a call went, in milliseconds of wall clock. Stages overlap, so they do not add up to `totalMs`. */
export interface RunTimings {
  /** Reading and verifying weights, creating the session, golden tile. 0 each when a warm session was used. */
  readonly readModelMs: number;
  readonly createSessionMs: number;
  readonly selfCheckMs: number;
  /** From the first tile to the last row written. */
  readonly restoreMs: number;
  /** Whole call. */
  readonly totalMs: number;
}

/** A deconvolution that ran. */
export interface AppliedDeconvolution {
  readonly method: DeconvolutionMethod | 'pnp';
  /** In pixels of the picture at full size. */
  readonly psf: Psf;
  /** Standard deviation of the noise, given or estimated, in `space` as a share of full scale. */
  readonly noise: number;
  readonly space: Transfer;
  /** All parameters of the method, given or chosen. */
  readonly parameters: DeconvolutionParameters;
  /** The estimate that gave the PSF, if it was not given: by a formula's parameters, or blind. */
  readonly parametricEstimate?: ParametricEstimate;
  readonly blindEstimate?: BlindEstimate;
}

/** Why `auto` chose as it did. */
export interface MethodChoice {
  /** Sentences for a person, in the order of the decisions. */
  readonly reasons: readonly string[];
  readonly detection: BlurDetection;
}

/** What came of a call. */
export interface RunResult {
  /** The restored picture; absent when `output` was given. */
  readonly image?: PixelImage;
  /** What was written; absent when no `output` was given. */
  readonly output?: WrittenImage;
  /** Size of the picture in pixels. */
  readonly width: number;
  readonly height: number;
  /** Format the source is stored in, such as `jpeg`; absent for a picture in memory. */
  readonly sourceFormat?: string;
  /** How the picture was restored. */
  readonly method: AppliedMethod;
  /** Why, if the method was `auto`. */
  readonly choice?: MethodChoice;
  /** Model that ran, if one did. */
  readonly model?: { readonly id: string; readonly version: string };
  /** Backend and provider that ran it. */
  readonly backend?: { readonly id: string; readonly provider: ExecutionProvider };
  /** Deconvolution that ran, if one did. */
  readonly deconvolution?: AppliedDeconvolution;
  /** What `polyblur` removed at each step, if it ran; none if it found no blur that it can see. */
  readonly blurs?: readonly MildBlur[];
  /** Working scale that was used. */
  readonly scale: WorkingScale;
  /** Tiles run, their size, and how many kept their input. */
  readonly tiles: { readonly count: number; readonly width: number; readonly height: number; readonly kept: number };
  /** Every degradation on the way. */
  readonly warnings: readonly Warning[];
  readonly timings: RunTimings;
  /**
   * Writes the picture held by the result.
   * @throws OutputError, and InvalidArgumentError when the result holds no picture
   */
  save(sink: unknown, options?: EncodeOptions): Promise<WrittenImage>;
}
