import type {
  BlindEstimate, BlindOptions, BlurDetection, BlurMap, BlurMapToImageOptions, EncodeOptions, EstimateParametricPsfOptions, ImageInfo, ModelManifest,
  OpenOptions, ParametricEstimate, PixelImage, ProgressListener, ProviderStatus, Rectangle, RunOptions, RunResult, WrittenImage,
} from '@deblur/core';

/** Options of every call to a worker. */
export interface RemoteCallOptions {
  /** Stops the work in the worker; the call rejects with an `AbortedError` at once. */
  readonly signal?: AbortSignal;
  /** Told about each step. */
  readonly onProgress?: ProgressListener;
  /**
   * Buffers, bitmaps and the like among the arguments to give away instead of copying them: they are empty afterwards.
   * Offscreen canvases always are.
   */
  readonly transfer?: readonly Transferable[];
}

/** Options of `RemoteDeblur.run()`: those of `Deblur.run()` that can be sent. A model is named, not passed. */
export interface RemoteRunOptions extends Omit<RunOptions, 'model' | 'encode' | 'onRows'>, RemoteCallOptions {
  readonly model?: string;
  readonly encode?: Omit<EncodeOptions, 'signal'>;
  /**
   * A canvas of the page, as `transferControlToOffscreen()` gives it, on which finished rows appear while the rest is
   * restored. It is set to the size of the picture. While rows come in they are drawn as sRGB; at the end, a codec that writes
   * canvases draws a picture with another profile in its own colours.
   */
  readonly show?: OffscreenCanvas;
}

/** Options of `RemoteDeblur.preview()`. */
export interface RemotePreviewOptions extends Omit<RemoteRunOptions, 'output' | 'encode' | 'show'> {
  /** Pixels around the region that are restored too and cut off, so that its edges come out as in the whole picture. Default 32. */
  readonly margin?: number;
}

/** Options of `RemoteDeblur.detect()`. */
export interface DetectionOptions extends RemoteCallOptions {
  /** Side of the map's cells in pixels, see `blurMap`. */
  readonly cell?: number;
  /** Draw the map as a picture as well, see `blurMapToImage`. Default: do not. */
  readonly image?: boolean | BlurMapToImageOptions;
}

/** What a picture's blur looks like. */
export interface BlurFindings {
  readonly detection: BlurDetection;
  readonly map: BlurMap;
  /** The map at the size of the picture, if asked for. */
  readonly image?: PixelImage;
}

/** Options of `RemoteDeblur.estimate()`, by a formula's parameters or blind. */
export type RemoteEstimateOptions = RemoteParametricOptions | RemoteBlindOptions;

/** As `estimateParametricPsf` takes them. */
export type RemoteParametricOptions = { readonly kind: 'parametric' } & Omit<EstimateParametricPsfOptions, keyof RemoteCallOptions> & RemoteCallOptions;

/** As `estimateBlindPsf` takes them. */
export type RemoteBlindOptions = { readonly kind: 'blind' } & Omit<BlindOptions, keyof RemoteCallOptions> & RemoteCallOptions;

/**
 * A client whose work is all done in a worker. Inputs are what the worker's codecs read and what can be sent there: Blobs,
 * URLs, bytes, ImageBitmaps, ImageData, VideoFrames, offscreen canvases, a `PixelImage`. Every method throws what its counterpart in
 * `Deblur` throws; an argument that cannot be sent is an `InvalidArgumentError`, a worker that could not be started an
 * `UnsupportedError`, one that failed or ended a `DeviceLostError`, and a client that was disposed a `DisposedError`.
 */
export interface RemoteDeblur {
  /**
   * Restores a picture. Canvases of the page are passed by `transferControlToOffscreen()`. `blobSink()` and the like come back filled.
   * The result's `save` sends the picture to the worker again, which copies it; for large ones give `output` instead.
   */
  run(input: unknown, options?: RemoteRunOptions): Promise<RunResult>;
  /**
   * Restores a part of a picture, in seconds where the whole takes minutes. `auto` and `blind` judge that part alone.
   * A Blob stays decoded in the worker until another picture is asked for.
   */
  preview(input: unknown, region: Rectangle, options?: RemotePreviewOptions): Promise<RunResult>;
  /** As `Deblur.probe()`. */
  probe(input: unknown, options?: OpenOptions & Pick<RemoteCallOptions, 'transfer'>): Promise<ImageInfo>;
  /** As `Deblur.read()`. */
  read(input: unknown, options?: OpenOptions & Pick<RemoteCallOptions, 'transfer'>): Promise<PixelImage>;
  /** As `Deblur.write()`. The picture is copied unless its buffers are among `transfer`. */
  write(image: PixelImage, sink: unknown, options?: EncodeOptions & Pick<RemoteCallOptions, 'transfer'>): Promise<WrittenImage>;
  /** `detectBlur` and `blurMap`. */
  detect(input: unknown, options?: DetectionOptions): Promise<BlurFindings>;
  /** `estimateParametricPsf`. */
  estimate(input: unknown, options: RemoteParametricOptions): Promise<ParametricEstimate>;
  /** `estimateBlindPsf`. */
  estimate(input: unknown, options: RemoteBlindOptions): Promise<BlindEstimate>;
  /** Manifests of the models the worker's client knows. */
  models(): Promise<readonly ModelManifest[]>;
  /** Execution providers of the worker's backend, each usable or why not; none without a backend. */
  providers(): Promise<readonly ProviderStatus[]>;
  /** Rejects what is under way, lets the worker free its sessions and ends it. Safe to call twice. */
  dispose(): Promise<void>;
}
