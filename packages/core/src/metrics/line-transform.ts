/** Lines handled side by side, so that inner loops run over neighbours in memory. */
export const lanes = 16;

/** In-place discrete Fourier transforms of `lanes` complex lines of one length. */
export interface LineTransform {
  /** Real parts, sample-major: sample k of lane l at k·lanes + l. */
  readonly real: Float64Array;
  /** Imaginary parts, laid out like `real`. */
  readonly imaginary: Float64Array;
  /** Transforms what is in the buffers; `inverse` is not scaled by 1 / length. */
  run(inverse: boolean): void;
}

function primeFactors(length: number): number[] {
  const factors: number[] = [];
  let rest = length;
  for (let factor = 2; factor * factor <= rest; factor++) {
    for (; rest % factor === 0; rest /= factor) factors.push(factor);
  }
  if (rest > 1) factors.push(rest);
  return factors;
}

/**
 * Fourier transforms of any length by the self-sorting mixed-radix scheme of Stockham (see Van Loan 1992, section 1.7), one
 * pass for each prime factor; a length with a large prime factor p costs p operations for each sample.
 */
export function createLineTransform(length: number): LineTransform {
  const factors = primeFactors(length);
  const cosines = Float64Array.from({ length }, (_, k) => Math.cos((2 * Math.PI * k) / length));
  const sines = Float64Array.from({ length }, (_, k) => Math.sin((2 * Math.PI * k) / length));
  const real = new Float64Array(length * lanes);
  const imaginary = new Float64Array(length * lanes);
  const targetReal = new Float64Array(length * lanes);
  const targetImaginary = new Float64Array(length * lanes);

  /** One pass: `part` samples apart, blocks of `size` lie `factor` deep, `stride` transforms are interleaved. */
  function pass(factor: number, part: number, stride: number, sign: number): void {
    const width = stride * lanes;
    for (let block = 0; block < part; block++) {
      for (let output = 0; output < factor; output++) {
        const to = (block * factor + output) * width;
        targetReal.fill(0, to, to + width);
        targetImaginary.fill(0, to, to + width);
        for (let input = 0; input < factor; input++) {
          const turn = (output * (block * stride + input * (length / factor))) % length;
          const c = cosines[turn]!;
          const s = sign * sines[turn]!;
          const from = (block + part * input) * width;
          for (let i = 0; i < width; i++) {
            const x = real[from + i]!;
            const y = imaginary[from + i]!;
            targetReal[to + i] = targetReal[to + i]! + c * x - s * y;
            targetImaginary[to + i] = targetImaginary[to + i]! + c * y + s * x;
          }
        }
      }
    }
    real.set(targetReal);
    imaginary.set(targetImaginary);
  }

  return {
    real,
    imaginary,
    run(inverse) {
      let rest = length;
      for (const factor of factors) {
        rest /= factor;
        pass(factor, rest, length / factor / rest, inverse ? 1 : -1);
      }
    },
  };
}
