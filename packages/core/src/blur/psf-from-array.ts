import { InvalidArgumentError } from '../errors/invalid-argument-error.ts';
import { largestPsfSide } from './psf.ts';
import type { Psf, PsfCentre } from './psf.ts';

/** Shape of the weights given to `psfFromArray`. */
export interface PsfShape {
  /** Pixels per row, 1 to 2049. */
  readonly width: number;
  /** Rows, 1 to 2049. */
  readonly height: number;
  /** Default ⌊width / 2⌋, ⌊height / 2⌋. */
  readonly centre?: PsfCentre;
}

function checkShape({ width, height, centre }: PsfShape, length: number): void {
  for (const side of [width, height]) {
    if (!Number.isInteger(side) || side < 1 || side > largestPsfSide) {
      throw new InvalidArgumentError(`A PSF of ${width}×${height} is not possible; sides are whole numbers from 1 to ${largestPsfSide}.`);
    }
  }
  if (length !== width * height) {
    throw new InvalidArgumentError(`A PSF of ${width}×${height} needs ${width * height} weights, not ${length}.`);
  }
  if (!centre) return;
  const inside = (value: number, side: number): boolean => Number.isInteger(value) && value >= 0 && value < side;
  if (!inside(centre.x, width) || !inside(centre.y, height)) {
    throw new InvalidArgumentError(`The centre (${centre.x}, ${centre.y}) is not a pixel of a PSF of ${width}×${height}.`);
  }
}

/**
 * A PSF from weights, scaled to sum 1; the array is copied.
 *
 * @param weights `height × width` values ≥ 0, row after row
 * @throws InvalidArgumentError if the shape does not fit, a weight is negative or not finite, or all are zero
 */
export function psfFromArray(weights: ArrayLike<number>, shape: PsfShape): Psf {
  const { width, height } = shape;
  checkShape(shape, weights.length);
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i]!;
    if (!(weight >= 0 && weight < Infinity)) {
      throw new InvalidArgumentError(
        `The PSF has the weight ${weight} in column ${i % width}, row ${Math.floor(i / width)}; weights must be finite and not negative.`,
      );
    }
    sum += weight;
  }
  if (sum === 0) throw new InvalidArgumentError('All weights of the PSF are zero; a PSF must let light through.');
  if (sum === Infinity) throw new InvalidArgumentError('The weights of the PSF are too large to be summed; scale them down.');
  const centre = shape.centre ?? { x: width >> 1, y: height >> 1 };
  return { width, height, data: Float32Array.from(weights, (weight) => weight / sum), centre: { x: centre.x, y: centre.y } };
}
