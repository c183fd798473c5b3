/** Size of a plane of values. */
export interface PlaneSize {
  /** Values per row. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
}
