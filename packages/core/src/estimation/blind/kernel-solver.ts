import { createFft2d, goodSize } from '../../fft/index.ts';
import type { Fft2dOptions, Plane } from '../../fft/index.ts';

/** Correlations on a torus that the normal equations of a kernel consist of. */
export interface GradientCorrelations {
  /** Of the latent gradients with themselves. */
  readonly latent: Plane;
  /** Of the observed gradients with the latent ones. */
  readonly observed: Plane;
}

/** What a kernel without negative weights starts from. */
export interface NonNegativeStart {
  readonly values: Float32Array;
  /** 1 where a weight may be other than 0. */
  readonly support: Uint8Array;
}

/** Finds kernels of one side, min Σ|k * ∇x − ∇y|² + γ|k|². Results are `side × side` weights, neither cut nor normalised. */
export interface KernelSolver {
  /** Without constraints, by conjugate gradients (Cho and Lee, "Fast motion deblurring", 2009, eq. 9–10). */
  leastSquares(correlations: GradientCorrelations, tikhonov: number): Float32Array;
  /** With no negative weight, by accelerated projected gradients (Beck and Teboulle 2009) with restarts. */
  nonNegative(correlations: GradientCorrelations, tikhonov: number, start: NonNegativeStart): Float32Array;
  dispose(): void;
}

const conjugateSteps = 25;
const projectedSteps = 100;

/** The normal equations reach only to the side of the kernel, so they are solved on a small torus of their own. */
export async function createKernelSolver(side: number, implementation: Fft2dOptions['implementation'] = 'auto'): Promise<KernelSolver> {
  const length = goodSize(2 * side - 1);
  const fft = await createFft2d({ width: length, height: length, implementation });
  const plane = fft.createPlane();
  const transfer = fft.createSpectrum();
  const count = side * side;

  const lag = ({ width, height, data }: Plane, x: number, y: number): number =>
    data[((y + height) % height) * width + ((x + width) % width)]!;

  /** Loads the matrix of the equations and returns their right side. */
  function load({ latent, observed }: GradientCorrelations): Float64Array {
    const lags = plane.data.fill(0);
    for (let y = 1 - side; y < side; y++) {
      for (let x = 1 - side; x < side; x++) lags[((y + length) % length) * length + ((x + length) % length)] = lag(latent, x, y);
    }
    fft.forward(plane, transfer);
    const middle = side >> 1;
    return Float64Array.from({ length: count }, (_, i) => lag(observed, (i % side) - middle, Math.floor(i / side) - middle));
  }

  /** target = matrix · source */
  function apply(source: Float64Array, tikhonov: number, target: Float64Array): void {
    const values = plane.data.fill(0);
    for (let i = 0; i < count; i++) values[Math.floor(i / side) * length + (i % side)] = source[i]!;
    fft.filter(plane, transfer, plane);
    const filtered = plane.data;
    for (let i = 0; i < count; i++) target[i] = filtered[Math.floor(i / side) * length + (i % side)]! + tikhonov * source[i]!;
  }

  return {
    leastSquares(correlations, tikhonov) {
      const residual = load(correlations);
      const kernel = new Float64Array(count);
      const direction = residual.slice();
      const image = new Float64Array(count);
      let energy = residual.reduce((sum, value) => sum + value * value, 0);
      const enough = 1e-10 * energy;
      for (let step = 0; step < conjugateSteps && energy > enough; step++) {
        apply(direction, tikhonov, image);
        const stride = energy / image.reduce((sum, value, i) => sum + value * direction[i]!, 0);
        let next = 0;
        for (let i = 0; i < count; i++) {
          kernel[i]! += stride * direction[i]!;
          residual[i]! -= stride * image[i]!;
          next += residual[i]! ** 2;
        }
        for (let i = 0; i < count; i++) direction[i] = residual[i]! + (next / energy) * direction[i]!;
        energy = next;
      }
      return Float32Array.from(kernel);
    },
    nonNegative(correlations, tikhonov, { values, support }) {
      const wanted = load(correlations);
      const spectrum = transfer.toArray();
      let steepest = 0;
      for (let i = 0; i < spectrum.length; i += 2) steepest = Math.max(steepest, spectrum[i]!);
      const rate = 1 / (steepest + tikhonov);
      let kernel = Float64Array.from(values);
      let ahead = kernel.slice();
      const image = new Float64Array(count);
      let momentum = 1;
      for (let step = 0; step < projectedSteps; step++) {
        apply(ahead, tikhonov, image);
        const next = new Float64Array(count);
        let turn = 0;
        for (let i = 0; i < count; i++) {
          if (support[i]) next[i] = Math.max(0, ahead[i]! - rate * (image[i]! - wanted[i]!));
          turn += (ahead[i]! - next[i]!) * (next[i]! - kernel[i]!);
        }
        const grown = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
        const share = turn > 0 ? 0 : (momentum - 1) / grown;
        momentum = turn > 0 ? 1 : grown;
        ahead = next.map((value, i) => value + share * (value - kernel[i]!));
        kernel = next;
      }
      return Float32Array.from(kernel);
    },
    dispose: () => fft.dispose(),
  };
}
