import { InvalidArgumentError } from '../errors/invalid-argument-error.ts';
import type { PixelImage, SampleType, Transfer } from '../image/pixel-image.ts';
import { sampleTypeOf } from '../image/samples.ts';
import { fromFloatPlanes, toFloatPlanes } from './float-planes.ts';
import type { FloatPlanes } from './float-planes.ts';
import { differentiate } from './neighbourhood.ts';
import { luminancePlane, smoothPlane } from './smooth-plane.ts';

/** Options that the perceptual sharpeners share. */
export interface PerceptualSharpeningOptions {
  /** Steps, a whole number from 1 to 1000. Default 10. */
  readonly iterations?: number;
  /** Step in time; see the function for its limit. Default 0.2. */
  readonly timeStep?: number;
  /** Standard deviation in pixels of the Gaussian that steadies the search for edges against noise, 0 to 20. Default 1. */
  readonly smoothing?: number;
  /** Space of the values. Default `linear`. */
  readonly space?: Transfer;
  /** Sample type of the result. Default: that of the picture. */
  readonly type?: SampleType;
}

/** @throws InvalidArgumentError for options out of range */
export function checkSharpening({ iterations = 10, timeStep = 0.2, smoothing = 1 }: PerceptualSharpeningOptions, longestStep: number): void {
  if (!Number.isInteger(iterations) || iterations < 1 || iterations > 1000) {
    throw new InvalidArgumentError(`The number of iterations must be a whole number from 1 to 1000, not ${iterations}.`);
  }
  if (!(timeStep > 0 && timeStep <= longestStep)) {
    throw new InvalidArgumentError(`The time step must be above 0 and at most ${longestStep}, not ${timeStep}.`);
  }
  if (!(smoothing >= 0 && smoothing <= 20)) throw new InvalidArgumentError(`The smoothing must be 0 to 20 pixels, not ${smoothing}.`);
}

/**
 * On which side of an edge each pixel lies: sign of the second derivative of the smoothed luminance along its gradient, -1, 0 or 1.
 */
export function edgeSides(picture: FloatPlanes, smoothing: number): Int8Array {
  const { width, height } = picture;
  const guide = smoothPlane(luminancePlane(picture), width, height, smoothing);
  const d = { x: 0, y: 0, xx: 0, yy: 0, xy: 0 };
  return Int8Array.from({ length: guide.length }, (_, i) => {
    differentiate(guide, width, height, i % width, Math.floor(i / width), d);
    return Math.sign(d.xx * d.x * d.x + 2 * d.xy * d.x * d.y + d.yy * d.y * d.y);
  });
}

/**
 * Length of the gradient by the upwind scheme of Osher and Sethian, which makes no new extremes: for side 1 towards lower
 * neighbours, for -1 towards higher ones.
 */
export function upwindGradient(plane: Float32Array, width: number, height: number, i: number, side: number): number {
  const x = i % width;
  const here = plane[i]!;
  const west = side * (here - (x === 0 ? here : plane[i - 1]!));
  const east = side * (here - (x === width - 1 ? here : plane[i + 1]!));
  const north = side * (here - (i < width ? here : plane[i - width]!));
  const south = side * (here - (i >= width * (height - 1) ? here : plane[i + width]!));
  const steepestX = Math.max(west, east, 0);
  const steepestY = Math.max(north, south, 0);
  return Math.sqrt(steepestX * steepestX + steepestY * steepestY);
}

/**
 * Osher–Rudin shock filter, u_t = −sign(u_ηη)·|∇u|: dilates on the bright and erodes on the dark side of each edge until the edge is a
 * jump. **Perceptual sharpening, not deconvolution**: it does not know the blur and brings no lost detail back. The sides are found
 * on the luminance, so that all channels move together. Values stay within the range of their channel. Alpha is kept as it is.
 *
 * Osher and Rudin, "Feature-oriented image enhancement using shock filters", SIAM J. Numer. Anal. 1990.
 *
 * @param options `timeStep` at most 0.5
 * @throws InvalidArgumentError for a bad picture or options out of range
 */
export function shockFilter(image: PixelImage, options: PerceptualSharpeningOptions = {}): PixelImage {
  const { iterations = 10, timeStep = 0.2, smoothing = 1, space = 'linear', type = sampleTypeOf(image.data) } = options;
  checkSharpening(options, 0.5);
  let picture = toFloatPlanes(image, space);
  const { width, height } = picture;
  for (let iteration = 0; iteration < iterations; iteration++) {
    const sides = edgeSides(picture, smoothing);
    const planes = picture.planes.map((plane) =>
      plane.map((value, i) => {
        const side = sides[i]!;
        return side === 0 ? value : value - timeStep * side * upwindGradient(plane, width, height, i, side);
      }),
    );
    picture = { width, height, planes };
  }
  return fromFloatPlanes(picture, image, space, type);
}
