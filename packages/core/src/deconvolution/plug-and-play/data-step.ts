import type { Plane } from '../../fft/index.ts';
import type { DeconvolutionPlan } from '../deconvolution-plan.ts';
import type { Pacer } from '../pacer.ts';
import type { PlaneSize } from '../plane-size.ts';

/** Finds the plane that fits both what was observed and the denoised plane best. */
export interface DataStep {
  /** Replaces z on the torus by x = argmin |k * x − y|² + ρ·|x − z|², y being the `height × width` observed values of the region. */
  apply(y: Float32Array, plane: Plane, rho: number, pace: Pacer): Promise<void>;
  dispose(): void;
}

/** Rounds in which the surroundings are found. */
const rounds = 12;

/**
 * The data step in the Fourier domain, X = (conj(K)·Y + ρ·Z) / (|K|² + ρ). What y is outside the observed region nobody has seen; taken as
 * the blurred x itself it puts no constraint on x. That is a fixed point, found from k * z by steps with Nesterov's momentum
 * (majorise-minimise for a data term on the region alone), two transforms each.
 *
 * @param region upper left part of the torus that was observed
 */
export function createDataStep(plan: DeconvolutionPlan, region: PlaneSize): DataStep {
  const { fft, transfer } = plan;
  const { width, height } = region;
  const partial = width < fft.width || height < fft.height;
  const [power, denoised, work] = [fft.createSpectrum(), fft.createSpectrum(), fft.createSpectrum()];
  const [guess, before, after] = [fft.createPlane(), fft.createPlane(), fft.createPlane()];
  fft.multiply(transfer, transfer, power, { conjugate: true });

  function observe(y: Float32Array, plane: Plane): void {
    const { data } = plane;
    for (let row = 0; row < height; row++) data.set(y.subarray(row * width, (row + 1) * width), row * fft.width);
  }

  function solve(rho: number): void {
    fft.forward(guess, work);
    fft.multiply(work, transfer, work, { conjugate: true });
    fft.combine(work, 1, denoised, rho, work);
    fft.divideByReal(work, power, work, rho);
  }

  return {
    async apply(y, plane, rho, pace) {
      fft.forward(plane, denoised);
      if (partial) fft.filter(plane, transfer, guess);
      observe(y, guess);
      if (partial) before.data.set(guess.data);
      for (let round = 0; partial && round < rounds; round++) {
        await pace();
        solve(rho);
        fft.multiply(work, transfer, work);
        fft.inverse(work, after, { overwrite: true });
        observe(y, after);
        const momentum = round / (round + 3);
        fft.combine(after, 1 + momentum, before, -momentum, guess);
        before.data.set(after.data);
      }
      await pace();
      solve(rho);
      fft.inverse(work, plane, { overwrite: true });
    },
    dispose: () => [power, denoised, work, guess, before, after].forEach((handle) => handle.dispose()),
  };
}
