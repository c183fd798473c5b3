import type { PlaneSize } from '../../deconvolution/plane-size.ts';
import { InvalidArgumentError } from '../../errors/invalid-argument-error.ts';
import { goodSize } from '../../fft/index.ts';

/** Sides of windows chosen by default, with the shorter side of pictures that get them. */
const choices = [{ side: 512, from: 1400 }, { side: 256, from: 384 }, { side: 128, from: 192 }, { side: 64, from: 64 }] as const;
const largest = 1024;
/** Shortest side of a window, and so of a picture. */
export const leastWindow = 64;

/**
 * Side of the windows for a picture, in pixels; undefined if it is too small for any.
 *
 * @throws InvalidArgumentError for a side asked for that is not possible
 */
export function chooseWindow({ width, height }: PlaneSize, wanted: number | undefined): number | undefined {
  const shorter = Math.min(width, height);
  if (wanted === undefined) return choices.find(({ from }) => shorter >= from)?.side;
  if (!Number.isInteger(wanted) || wanted < leastWindow || wanted > largest || wanted % 2 !== 0 || goodSize(wanted) !== wanted) {
    throw new InvalidArgumentError(
      `Option 'window' is ${wanted}; it must be even, a product of 2, 3 and 5, and from ${leastWindow} to ${largest}.`,
    );
  }
  if (wanted > shorter && shorter >= leastWindow) {
    throw new InvalidArgumentError(`Option 'window' is ${wanted}, but the shorter side of the picture has ${shorter} pixels.`);
  }
  return wanted > shorter ? undefined : wanted;
}
