import { InvalidArgumentError } from '../errors/invalid-argument-error.ts';
import type { PixelImage } from '../image/pixel-image.ts';
import { sampleTypeOf } from '../image/samples.ts';
import { fromFloatPlanes, toFloatPlanes } from './float-planes.ts';
import { differentiate } from './neighbourhood.ts';
import { checkSharpening, edgeSides, upwindGradient } from './shock-filter.ts';
import type { PerceptualSharpeningOptions } from './shock-filter.ts';
import { luminancePlane, smoothPlane } from './smooth-plane.ts';

/** Options of `directionalDiffusion`. */
export interface DirectionalDiffusionOptions extends PerceptualSharpeningOptions {
  /** Strength of the shock across edges, 0 (only smooth along edges) to 1. Default 0.5. */
  readonly sharpening?: number;
}

const smallestGradient = 1e-8;

/**
 * Diffusion along edges with a shock across them, u_t = u_ξξ − s·sign(u_ηη)·|∇u|: noise and staircases along an edge are smoothed while
 * the edge gets steeper. **Perceptual sharpening, not deconvolution**: it does not know the blur and brings no lost detail back.
 * Directions are found on the smoothed luminance, so that all channels move together; where there is no gradient nothing
 * moves. Alpha is kept as it is.
 *
 * Alvarez and Mazorra, "Signal and image restoration using shock filters and anisotropic diffusion", SIAM J. Numer. Anal. 1994.
 *
 * @param options `timeStep` at most 0.25
 * @throws InvalidArgumentError for a bad picture or options out of range
 */
export function directionalDiffusion(image: PixelImage, options: DirectionalDiffusionOptions = {}): PixelImage {
  const { iterations = 10, timeStep = 0.2, smoothing = 1, sharpening = 0.5, space = 'linear' } = options;
  const { type = sampleTypeOf(image.data) } = options;
  checkSharpening(options, 0.25);
  if (!(sharpening >= 0 && sharpening <= 1)) {
    throw new InvalidArgumentError(`The sharpening of directional diffusion must be 0 to 1, not ${sharpening}.`);
  }
  let picture = toFloatPlanes(image, space);
  const { width, height } = picture;
  const g = { x: 0, y: 0, xx: 0, yy: 0, xy: 0 };
  const d = { ...g };
  for (let iteration = 0; iteration < iterations; iteration++) {
    const guide = smoothPlane(luminancePlane(picture), width, height, smoothing);
    const sides = sharpening > 0 ? edgeSides(picture, smoothing) : undefined;
    const planes = picture.planes.map((plane) =>
      plane.map((value, i) => {
        const x = i % width;
        const y = Math.floor(i / width);
        differentiate(guide, width, height, x, y, g);
        const square = g.x * g.x + g.y * g.y;
        if (square < smallestGradient) return value;
        differentiate(plane, width, height, x, y, d);
        const along = (d.xx * g.y * g.y - 2 * d.xy * g.x * g.y + d.yy * g.x * g.x) / square;
        const side = sides?.[i] ?? 0;
        const shock = side === 0 ? 0 : sharpening * side * upwindGradient(plane, width, height, i, side);
        return value + timeStep * (along - shock);
      }),
    );
    picture = { width, height, planes };
  }
  return fromFloatPlanes(picture, image, space, type);
}
