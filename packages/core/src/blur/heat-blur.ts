import { InvalidArgumentError } from '../errors/invalid-argument-error.ts';
import type { PixelImage, SampleType, Transfer } from '../image/pixel-image.ts';
import { sampleTypeOf } from '../image/samples.ts';
import { checkPositive } from './check-positive.ts';
import { fromFloatPlanes, toFloatPlanes } from './float-planes.ts';

/** How far heat spreads. */
export interface HeatOptions {
  /** Standard deviation in pixels of the Gaussian that the spread comes to, above 0, at most 100. */
  readonly sigma: number;
  /**
   * Longest step in time, above 0, at most ¼ (beyond which the scheme is unstable). Default 0.2: at ¼ exactly, a checkerboard
   * would alternate for ever instead of fading.
   */
  readonly timeStep?: number;
}

/** Options of `heatBlur`. */
export interface HeatBlurOptions extends HeatOptions {
  /** Space in which values are mixed. Default `linear`. */
  readonly space?: Transfer;
  /** Sample type of the result. Default: that of the picture. */
  readonly type?: SampleType;
}

/** Equal steps that make up a spread. */
export interface HeatSteps {
  readonly count: number;
  /** Step in time, ≤ the longest. */
  readonly timeStep: number;
}

/** The fewest equal steps with 2 · count · timeStep = sigma². @throws InvalidArgumentError for options out of range */
export function planHeatSteps({ sigma, timeStep = 0.2 }: HeatOptions): HeatSteps {
  checkPositive('standard deviation of a heat blur', sigma, 100);
  if (!(timeStep > 0 && timeStep <= 0.25)) {
    throw new InvalidArgumentError(`The time step of the heat equation must be above 0 and at most 0.25, not ${timeStep}.`);
  }
  const count = Math.ceil(sigma ** 2 / (2 * timeStep) - 1e-9);
  return { count, timeStep: sigma ** 2 / (2 * count) };
}

/** One explicit step with the 5-point Laplacian; nothing flows over the edges. */
function spread(source: Float32Array, target: Float32Array, width: number, height: number, timeStep: number): void {
  for (let y = 0; y < height; y++) {
    const row = y * width;
    const above = y === 0 ? row : row - width;
    const below = y === height - 1 ? row : row + width;
    for (let x = 0; x < width; x++) {
      const here = source[row + x]!;
      const left = x === 0 ? here : source[row + x - 1]!;
      const right = x === width - 1 ? here : source[row + x + 1]!;
      target[row + x] = here + timeStep * (left + right + source[above + x]! + source[below + x]! - 4 * here);
    }
  }
}

/**
 * Blur by the heat equation u_t = Δu as a difference equation: `count` steps of u ← u + τ(left + right + above + below − 4u). Each
 * step adds a variance of 2τ along each axis, so that the whole comes to a Gaussian of the standard deviation asked for. Alpha is
 * kept as it is.
 *
 * @throws InvalidArgumentError for a bad picture or options out of range
 */
export function heatBlur(image: PixelImage, options: HeatBlurOptions): PixelImage {
  const { space = 'linear', type = sampleTypeOf(image.data) } = options;
  const { count, timeStep } = planHeatSteps(options);
  const picture = toFloatPlanes(image, space);
  const planes = picture.planes.map((plane) => {
    let from = plane;
    let to: Float32Array = new Float32Array(plane.length);
    for (let step = 0; step < count; step++) {
      spread(from, to, picture.width, picture.height, timeStep);
      [from, to] = [to, from];
    }
    return from;
  });
  return fromFloatPlanes({ ...picture, planes }, image, space, type);
}
