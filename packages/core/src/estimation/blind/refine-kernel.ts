import type { Pacer } from '../../deconvolution/pacer.ts';
import type { KernelSolver } from './kernel-solver.ts';
import type { ScaleProblem } from './scale-problem.ts';
import { dropWeakGradients, strongestShare } from './select-edges.ts';
import { cutKernel, dropIslands } from './square-kernel.ts';
import type { SquareKernel } from './square-kernel.ts';

const rounds = 2;
/** λ of the total variation: strong, so that edges are steep. */
const lambda = 500;
const edges = 0.12;
const tikhonov = 1;
const reach = 3;
const island = 0.01;

/** 1 within `reach` pixels of weights that are at least 5 % of the largest. */
function neighbourhood({ side, values }: SquareKernel): Uint8Array {
  const least = 0.05 * values.reduce((most, value) => Math.max(most, value), 0);
  const support = new Uint8Array(values.length);
  values.forEach((value, i) => {
    if (value < least) return;
    const column = i % side;
    const row = Math.floor(i / side);
    for (let y = Math.max(0, row - reach); y <= Math.min(side - 1, row + reach); y++) {
      for (let x = Math.max(0, column - reach); x <= Math.min(side - 1, column + reach); x++) {
        if ((x - column) ** 2 + (y - row) ** 2 <= reach * reach + 1) support[y * side + x] = 1;
      }
    }
  });
  return support;
}

/**
 * The same kernel in more detail: least squares without negative weights near those already found, from the strongest 12 % of the
 * gradients of a picture restored by total variation. Faint tails, which an unconstrained kernel loses in noise, come back; they
 * hold some percent of the light and matter more than any other error.
 *
 * @param problem picture at full scale; @param solver of the side of the kernel
 */
export async function refineKernel(problem: ScaleProblem, solver: KernelSolver, start: SquareKernel, pace: Pacer): Promise<SquareKernel> {
  let kernel = start;
  for (let round = 1; round <= rounds; round++) {
    await problem.restoreByVariation(kernel, lambda, pace);
    await pace();
    const gradients = problem.gradients();
    dropWeakGradients(gradients, strongestShare(gradients, edges));
    const values = solver.nonNegative(problem.correlate(), tikhonov, { values: kernel.values, support: neighbourhood(kernel) });
    const found = dropIslands(cutKernel({ side: kernel.side, values }, round === rounds ? 0.01 : 0.03), island);
    if (!found.values.some((value) => value > 0)) break;
    kernel = found;
  }
  return kernel;
}
