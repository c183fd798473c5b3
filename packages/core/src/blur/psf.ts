/**
 * A point spread function: the picture of a point of light. A blurred picture is y[p] = Σ_q data[q] · x[p − (q − centre)], so the
 * PSF lies in the picture as seen, not rotated.
 */
export interface Psf {
  /** Pixels per row. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
  /** `height × width` weights, row after row, none negative, sum 1. */
  readonly data: Float32Array;
  /** Pixel (column x, row y) at which light stays in place. The generators put it in the middle: ⌊width / 2⌋, ⌊height / 2⌋. */
  readonly centre: PsfCentre;
}

/** A pixel of a PSF. */
export interface PsfCentre {
  /** Column, from 0. */
  readonly x: number;
  /** Row, from 0 at the top. */
  readonly y: number;
}

/** Longest side of a PSF. */
export const largestPsfSide = 2049;
