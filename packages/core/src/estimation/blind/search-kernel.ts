import type { GreyPlane } from './grey-plane.ts';
import { createKernelSolver } from './kernel-solver.ts';
import { gradientSparsity } from './kernel-sparsity.ts';
import { refineKernel } from './refine-kernel.ts';
import { createScaleProblem } from './scale-problem.ts';
import { kernelAgreement, supportSide } from './square-kernel.ts';
import type { SquareKernel } from './square-kernel.ts';
import { countScales, traceKernel } from './trace-kernel.ts';
import type { Attempt, AttemptContext } from './trace-kernel.ts';

/** Search for the kernel of a picture. */
export interface SearchOptions extends Omit<AttemptContext, 'advance'> {
  /** Side of the kernel, odd, where it is given. */
  readonly size?: number;
  /** Width of the blur as a first guess, in pixels (`estimateBlurWidth`). */
  readonly width: number;
  /** Largest side to be tried. */
  readonly largest: number;
  readonly onProgress?: (done: number, total: number) => void;
}

/** What a search found. */
export interface FoundKernel {
  /** Absent where the picture has no edges. */
  readonly kernel?: SquareKernel;
  /** Side of the kernels of the attempt. */
  readonly size: number;
  /** How alike the kernel and the nearest one of another attempt are, 0 to 1. */
  readonly agreement: number;
  /** Whether the kernel fills the largest square that was tried. */
  readonly cut: boolean;
}

interface Candidate extends Attempt {
  readonly kernel: SquareKernel;
  readonly sparsity: number;
}

/** Weights of few gradients; which one finds the kernel differs from picture to picture. */
const weights = { usual: 0.004, strong: 0.008 };
const firstAttempts: readonly Attempt[] = [
  { size: 21, weight: weights.usual },
  { size: 27, weight: weights.strong },
  { size: 35, weight: weights.usual },
];
/** Widths above this ask for larger first attempts, in proportion. */
const usualWidth = 32;
const growth = 1.4;
/** λ of the total variation by which candidates are compared. */
const lambda = 1000;
/** Weight outside of what counts as the support of a kernel. */
const outside = 0.02;

const odd = (value: number): number => 2 * Math.floor(value / 2) + 1;

function fills({ kernel }: Candidate): boolean {
  return supportSide(kernel, outside) >= kernel.side - 2;
}

interface Progress {
  /** Says that there are more steps. */
  expect(steps: number): void;
  start(): void;
  advance(): void;
}

function countProgress(listener: SearchOptions['onProgress']): Progress {
  let done = 0;
  let total = 0;
  return {
    expect(steps) {
      total += steps;
    },
    start: () => listener?.(done, total),
    advance: () => listener?.(++done, total),
  };
}

/** The first attempts; then larger ones as long as the best kernel is as large as the largest square. */
async function collect(picture: GreyPlane, options: SearchOptions, progress: Progress): Promise<Candidate[]> {
  const { size, width, largest, implementation, pace } = options;
  const stretch = Math.max(1, width / usualWidth);
  const asked = size === undefined
    ? firstAttempts.map((attempt) => ({ ...attempt, size: Math.min(largest, odd(stretch * attempt.size)) }))
    : [{ size, weight: weights.usual }, { size, weight: weights.strong }];
  const queue: Attempt[] = asked.filter(
    (attempt, i) => asked.findIndex((earlier) => earlier.size === attempt.size && earlier.weight === attempt.weight) === i,
  );
  queue.forEach((attempt) => progress.expect(countScales(attempt.size)));
  const context = { ...options, advance: progress.advance };
  progress.start();
  const candidates: Candidate[] = [];
  for (let attempt = queue.shift(); attempt; attempt = queue.shift()) {
    const kernel = await traceKernel(picture, attempt, context);
    if (!kernel) continue;
    await pace();
    const problem = await createScaleProblem(picture, { side: attempt.size, implementation, patch: 0 });
    try {
      await problem.restoreByVariation(kernel, lambda, pace);
      candidates.push({ ...attempt, kernel, sparsity: gradientSparsity(problem) });
    } finally {
      problem.dispose();
    }
    const next = odd(attempt.size * growth);
    if (size !== undefined || queue.length > 0 || next > largest) continue;
    candidates.sort((a, b) => a.sparsity - b.sparsity);
    if (!fills(candidates[0]!) || candidates[0]!.size < attempt.size) continue;
    queue.push({ size: next, weight: weights.usual });
    progress.expect(countScales(next));
  }
  return candidates.sort((a, b) => a.sparsity - b.sparsity);
}

/**
 * Several attempts of different sides and weights. The kernel whose restored picture has the sparsest gradients is refined.
 */
export async function searchKernel(picture: GreyPlane, options: SearchOptions): Promise<FoundKernel> {
  const progress = countProgress(options.onProgress);
  progress.expect(1);
  const candidates = await collect(picture, options, progress);
  const [best, ...others] = candidates;
  if (!best) return { size: options.size ?? firstAttempts[0]!.size, agreement: 0, cut: false };
  const agreement = Math.max(0, ...others.map(({ kernel }) => kernelAgreement(best.kernel, kernel)));
  const { size } = best;
  const { implementation, pace } = options;
  const problem = await createScaleProblem(picture, { side: size, implementation, patch: 0 });
  const solver = await createKernelSolver(size, implementation);
  try {
    const kernel = await refineKernel(problem, solver, best.kernel, pace);
    progress.advance();
    const cut = options.size === undefined && fills(best) && size === Math.max(...candidates.map((candidate) => candidate.size));
    return { kernel, size, agreement, cut };
  } finally {
    problem.dispose();
    solver.dispose();
  }
}
