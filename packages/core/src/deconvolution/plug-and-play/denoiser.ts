/** A colour picture with noise. */
export interface NoisyPicture {
  /** Pixels per row. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
  /** `height × width × 3` interleaved values in [0,1]; the denoiser may keep but not change them. */
  readonly data: Float32Array;
}

/** Anything that removes white Gaussian noise of a level it is told. What it knows of pictures is the prior of the deconvolution. */
export interface Denoiser {
  /** Levels it was made for; others are brought into the range before it is called. Default: any. */
  readonly noiseRange?: { readonly minimum: number; readonly maximum: number };
  /**
   * @param sigma standard deviation of the noise as a share of full scale
   * @returns `height × width × 3` finite values, nominal [0,1], in an array that the caller may change
   */
  denoise(picture: NoisyPicture, sigma: number, options?: { readonly signal?: AbortSignal }): Promise<Float32Array>;
}
