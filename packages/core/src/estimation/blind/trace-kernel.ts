import type { Pacer } from '../../deconvolution/pacer.ts';
import type { Fft2dOptions } from '../../fft/index.ts';
import { reducePlane } from './grey-plane.ts';
import type { GreyPlane } from './grey-plane.ts';
import { createKernelSolver } from './kernel-solver.ts';
import { createScaleProblem } from './scale-problem.ts';
import { dropWeakGradients, edgeThreshold } from './select-edges.ts';
import { cutKernel, dropIslands, enlargeKernel, recentreKernel } from './square-kernel.ts';
import type { SquareKernel } from './square-kernel.ts';

/** One attempt at a kernel. */
export interface Attempt {
  /** Side of the kernel at full scale, odd. */
  readonly size: number;
  /** λ of the first picture of few gradients; divided by 1.1 each time, at least 0.0001. */
  readonly weight: number;
}

/** What attempts have in common. */
export interface AttemptContext {
  readonly pace: Pacer;
  /** Called after each scale. */
  readonly advance: () => void;
  readonly implementation: Fft2dOptions['implementation'];
  readonly minimalPixels: boolean;
}

const ratio = Math.SQRT1_2;
const smallestSide = 5;
const alternations = 5;
const tikhonov = 2;
/** Weights below this share of the largest are noise. */
const cut = 0.05;
/** Connected groups below this share of all weight are noise. */
const island = 0.03;

/** Sides of the patches of the minimal pixels step, as a share of the mean side of the picture (Wen et al. 2020). */
const patchShare = 0.025;

/** Number of scales of an attempt. */
export function countScales(size: number): number {
  return 1 + Math.max(0, Math.floor(Math.log(smallestSide / size) / Math.log(ratio)));
}

/**
 * From a small kernel in a small picture to the full one, five alternations a scale. Gradients below a threshold are left out; it
 * starts where there are two sides of the kernel of edges in each direction, and falls by 1.1 each time (Cho and Lee 2009; Xu and
 * Jia 2010).
 *
 * @returns undefined where no edges were found
 */
export async function traceKernel(picture: GreyPlane, attempt: Attempt, context: AttemptContext): Promise<SquareKernel | undefined> {
  const { pace, advance, implementation, minimalPixels } = context;
  let { weight } = attempt;
  let threshold: number | undefined;
  let kernel: SquareKernel = { side: 3, values: Float32Array.of(0, 0, 0, 0.5, 0.5, 0, 0, 0, 0) };
  const scales = countScales(attempt.size);
  for (let level = scales - 1; level >= 0; level--) {
    const scale = ratio ** level;
    const side = 2 * Math.floor(Math.ceil(attempt.size * scale) / 2) + 1;
    kernel = enlargeKernel(kernel, side, level === scales - 1 ? 1 : 1 / ratio);
    await pace();
    const reduced = reducePlane(picture, { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
    const patch = minimalPixels ? Math.max(2, Math.round((patchShare * (reduced.width + reduced.height)) / 2)) : 0;
    await pace();
    const problem = await createScaleProblem(reduced, { side, implementation, patch });
    const solver = await createKernelSolver(side, implementation);
    try {
      for (let i = 0; i < alternations; i++) {
        await problem.restoreByCount(kernel, weight, pace);
        await pace();
        const gradients = problem.gradients();
        threshold ??= edgeThreshold(gradients, 2 * side);
        dropWeakGradients(gradients, threshold);
        const found = dropIslands(cutKernel({ side, values: solver.leastSquares(problem.correlate(), tikhonov) }, cut), island);
        if (!found.values.some((value) => value > 0)) return undefined;
        kernel = found;
        threshold /= 1.1;
        weight = Math.max(weight / 1.1, 1e-4);
      }
    } finally {
      problem.dispose();
      solver.dispose();
    }
    kernel = recentreKernel(kernel);
    advance();
  }
  return kernel;
}
