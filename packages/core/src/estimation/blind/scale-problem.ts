import { gradientPower } from '../../deconvolution/gradient-power.ts';
import type { Pacer } from '../../deconvolution/pacer.ts';
import type { PlaneSize } from '../../deconvolution/plane-size.ts';
import { shrinkGradients } from '../../deconvolution/shrink-gradients.ts';
import { softShrinkage } from '../../deconvolution/shrinkage.ts';
import { wrapBoundary } from '../../deconvolution/wrap-boundary.ts';
import { createFft2d, goodSize } from '../../fft/index.ts';
import type { Fft2dOptions } from '../../fft/index.ts';
import { flattenGradients } from './flatten-gradients.ts';
import type { GreyPlane } from './grey-plane.ts';
import type { GradientCorrelations } from './kernel-solver.ts';
import { darkenMinima } from './minimal-pixels.ts';
import type { SquareKernel } from './square-kernel.ts';

/** Gradients on the torus, 0 outside of the picture; live views of the memory of a plan. */
export interface Gradients {
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/** How to set up a scale. */
export interface ScaleOptions {
  /** Largest side of a kernel. */
  readonly side: number;
  readonly implementation?: Fft2dOptions['implementation'];
  /** Side of the patches whose darkest pixel is drawn to 0 in the picture of few gradients; 0 for none. */
  readonly patch: number;
}

/** A blurred picture at one scale on a torus: the two steps that are alternated. */
export interface ScaleProblem extends PlaneSize {
  /** Size of the torus. */
  readonly full: PlaneSize;
  /**
   * Latent picture of few gradients, min |k * x − y|² + λ·|∇x|₀ by half-quadratic splitting, β = 2λ·4ⁱ (Xu, Lu, Xu and Jia, "Image
   * smoothing via L0 gradient minimization", 2011; Pan, Hu, Su and Yang, "Deblurring text images via L0-regularized intensity and
   * gradient prior", 2014).
   */
  restoreByCount(kernel: SquareKernel, weight: number, pace: Pacer): Promise<void>;
  /** Latent picture of little total variation, min λ/2·|k * x − y|² + Σ|∇x|, β = 3ⁱ. */
  restoreByVariation(kernel: SquareKernel, lambda: number, pace: Pacer): Promise<void>;
  /** Gradients of the latent picture; what is changed in them counts for `correlate`. */
  gradients(): Gradients;
  /** Values of the latent picture on the torus; a live view. */
  latent(): Float32Array;
  /** Correlations of the latent gradients. Overwrites them. */
  correlate(): GradientCorrelations;
  dispose(): void;
}

const largestBeta = 1000;

/** @throws OutOfMemoryError */
export async function createScaleProblem(picture: GreyPlane, options: ScaleOptions): Promise<ScaleProblem> {
  const { side, implementation = 'auto', patch } = options;
  const { width, height } = picture;
  const full = { width: goodSize(width + 2 * side), height: goodSize(height + 2 * side) };
  const fft = await createFft2d({ ...full, implementation });
  const [observed, target, horizontal, vertical, correlation] = Array.from({ length: 5 }, () => fft.createPlane());
  const slopes = gradientPower(fft);
  const [observedSpectrum, observedX, observedY, transfer, power, correlated, divisor, work] = Array.from(
    { length: 8 }, () => fft.createSpectrum(),
  );

  function differentiate(source: Float32Array): Gradients {
    const x = horizontal!.data.fill(0);
    const y = vertical!.data.fill(0);
    for (let row = 0; row < height - 1; row++) {
      for (let i = row * full.width; i < row * full.width + width - 1; i++) {
        x[i] = source[i + 1]! - source[i]!;
        y[i] = source[i + full.width]! - source[i]!;
      }
    }
    return { x, y };
  }

  function load({ side: kernelSide, values }: SquareKernel): void {
    const plane = horizontal!.data.fill(0);
    const middle = kernelSide >> 1;
    values.forEach((value, i) => {
      const x = (i % kernelSide) - middle + full.width;
      const y = Math.floor(i / kernelSide) - middle + full.height;
      plane[(y % full.height) * full.width + (x % full.width)] = value;
    });
    fft.forward(horizontal!, transfer);
    fft.multiply(transfer!, transfer!, power!, { conjugate: true });
    fft.multiply(observedSpectrum!, transfer!, correlated!, { conjugate: true });
    target!.data.set(observed!.data);
  }

  /** Solves for the picture with given gradients. `ratio` is β over the weight of the data. */
  function solve(ratio: number): void {
    fft.forward(target!, work);
    fft.combine(correlated!, 1, work!, ratio, work!);
    fft.combine(power!, 1, slopes, ratio, divisor!);
    fft.divideByReal(work!, divisor!, work!, 1e-12);
    fft.inverse(work!, target, { overwrite: true });
  }

  observed!.data.set(wrapBoundary(picture.values, picture, full));
  fft.forward(observed!, observedSpectrum);
  differentiate(observed!.data);
  fft.forward(horizontal!, observedX);
  fft.forward(vertical!, observedY);

  return {
    width,
    height,
    full,
    async restoreByCount(kernel, weight, pace) {
      load(kernel);
      for (let beta = 2 * weight; beta < largestBeta; beta *= 4) {
        await pace();
        if (patch > 0) darkenMinima(target!.data, { width, height }, full.width, patch);
        flattenGradients(target!.data, full, weight / beta);
        solve(beta);
      }
    },
    async restoreByVariation(kernel, lambda, pace) {
      load(kernel);
      for (let beta = 1; beta < 300; beta *= 3) {
        await pace();
        if (fft.shrinkGradients) fft.shrinkGradients([target!], 1 / beta);
        else shrinkGradients([target!.data], full.width, full.height, softShrinkage(beta), { isotropic: true });
        solve(beta / lambda);
      }
    },
    gradients: () => differentiate(target!.data),
    latent: () => target!.data,
    correlate() {
      fft.forward(horizontal!, work);
      fft.forward(vertical!, divisor);
      fft.multiply(observedX!, work!, correlated!, { conjugate: true });
      fft.addProduct(observedY!, divisor!, correlated!, { conjugate: true });
      fft.inverse(correlated!, correlation, { overwrite: true });
      fft.multiply(work!, work!, work!, { conjugate: true });
      fft.addProduct(divisor!, divisor!, work!, { conjugate: true });
      fft.inverse(work!, horizontal, { overwrite: true });
      return { latent: horizontal!, observed: correlation! };
    },
    dispose: () => fft.dispose(),
  };
}
