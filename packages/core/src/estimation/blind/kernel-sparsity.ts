import type { ScaleProblem } from './scale-problem.ts';

/** Pixels left out along each edge, where restoring is unreliable. */
const margin = 20;

/**
 * Mean over root mean square of the gradient lengths of the latent picture, in [0,1]: small where few edges hold all contrast, large
 * where a wrong kernel left ringing (Krishnan, Tay and Fergus, "Blind deconvolution using a normalized sparsity measure", 2011).
 */
export function gradientSparsity(problem: ScaleProblem): number {
  const { width, height, full } = problem;
  const border = Math.min(margin, Math.floor(Math.min(width, height) / 8));
  const values = problem.latent();
  let lengths = 0;
  let squares = 0;
  let count = 0;
  for (let y = border; y < height - border - 1; y++) {
    for (let x = border; x < width - border - 1; x++) {
      const i = y * full.width + x;
      const here = values[i]!;
      const square = (values[i + 1]! - here) ** 2 + (values[i + full.width]! - here) ** 2;
      lengths += Math.sqrt(square);
      squares += square;
      count++;
    }
  }
  return squares > 0 ? lengths / Math.sqrt(squares * count) : 1;
}
