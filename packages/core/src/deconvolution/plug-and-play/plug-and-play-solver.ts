import type { DeconvolutionBoundary, DeconvolutionPlan } from '../deconvolution-plan.ts';
import type { PlaneSolver } from '../plane-solver.ts';
import type { Denoiser } from './denoiser.ts';
import { createDataStep } from './data-step.ts';
import { denoisePlanes } from './denoise-planes.ts';
import { orientationCount } from './orientation.ts';
import { noiseSchedule } from './plug-and-play-parameters.ts';
import type { PlugAndPlayParameters } from './plug-and-play-parameters.ts';

/** What the solver is bound to. */
export interface PlugAndPlaySettings extends Required<PlugAndPlayParameters> {
  readonly denoiser: Denoiser;
  /** Standard deviation of the noise as a share of full scale. */
  readonly noise: number;
  /** That of the plan. Default `wrap`. */
  readonly boundary?: DeconvolutionBoundary;
  /** For the denoiser; the planes' own work stops by the pacer. */
  readonly signal?: AbortSignal;
  /** Called after each alternation. */
  readonly onStep?: () => void;
}

/** Noise below which the data would count for everything; the PSF is never that exact. */
const leastNoise = 1e-3;

/**
 * Half-quadratic splitting with a denoiser as the prior (Zhang, Li, Zuo, Zhang, Van Gool and Timofte, "Plug-and-play image restoration
 * with deep denoiser prior", 2021, eq. 6, 7 and 9): x fits the data and, with weight ρ = λ·noise²/σ², the last z; then z = the denoised x at
 * level σ, which falls from 49/255 to the noise. Each time the denoiser sees the picture under another flip or turn. With boundary `wrap`
 * only the picture itself counts as observed, not what was made up around it (1 dB on the benchmark at noise 0.01).
 */
export function createPlugAndPlaySolver(plan: DeconvolutionPlan, settings: PlugAndPlaySettings): PlaneSolver {
  const { denoiser, lambda, iterations, boundary = 'wrap', signal, onStep } = settings;
  const noise = Math.max(leastNoise, settings.noise);
  const wrapped = boundary === 'wrap';
  return {
    async solve(planes, pace) {
      const data = createDataStep(plan, wrapped ? plan : plan.fft);
      const observed = planes.map((plane) => (wrapped ? plan.crop(plane) : plane.data.slice()));
      try {
        for (const [step, sigma] of noiseSchedule(noise, iterations).entries()) {
          for (const [c, plane] of planes.entries()) await data.apply(observed[c]!, plane, lambda * (noise / sigma) ** 2, pace);
          await denoisePlanes(planes, denoiser, { sigma, orientation: step % orientationCount, ...(signal && { signal }) });
          onStep?.();
        }
      } finally {
        data.dispose();
      }
    },
  };
}
