/** One number for each pixel of a picture, or each cell of a grid over it. */
export interface ScalarMap {
  readonly width: number;
  readonly height: number;
  /** height × width values, the upper left one first. */
  readonly data: Float32Array;
}
