import { createLineTransform, lanes } from './line-transform.ts';

/** Where the samples of a set of parallel lines lie in a plane. */
export interface LineLayout {
  readonly lines: number;
  /** Samples of each line. */
  readonly length: number;
  /** Distance of neighbouring lines and of neighbouring samples, in array elements. */
  readonly lineStep: number;
  readonly sampleStep: number;
}

/** Writes `source` with every line moved by each of `shifts` (samples, fractions allowed) to the targets. */
export type LineShifter = (source: Float64Array, shifts: readonly number[], targets: readonly Float64Array[]) => void;

/**
 * Band-limited circular displacement of all lines of a plane by the shift theorem. At the Nyquist frequency of an even
 * length the phase factor is replaced by its real part, so that lines stay real. Two real lines make one complex line.
 */
export function createLineShifter({ lines, length, lineStep, sampleStep }: LineLayout): LineShifter {
  const transform = createLineTransform(length);
  const { real, imaginary } = transform;
  const spectrumReal = new Float64Array(real.length);
  const spectrumImaginary = new Float64Array(real.length);

  function applyPhase(shift: number): void {
    for (let k = 0; k < length; k++) {
      const frequency = 2 * k <= length ? k : k - length;
      const angle = (-2 * Math.PI * frequency * shift) / length;
      const c = Math.cos(angle) / length;
      const s = 2 * k === length ? 0 : Math.sin(angle) / length;
      for (let i = k * lanes; i < (k + 1) * lanes; i++) {
        const x = spectrumReal[i]!;
        const y = spectrumImaginary[i]!;
        real[i] = c * x - s * y;
        imaginary[i] = c * y + s * x;
      }
    }
  }

  return (source, shifts, targets) => {
    for (let first = 0; first < lines; first += 2 * lanes) {
      for (let lane = 0; lane < lanes; lane++) {
        const a = Math.min(first + 2 * lane, lines - 1) * lineStep;
        const b = Math.min(first + 2 * lane + 1, lines - 1) * lineStep;
        for (let k = 0; k < length; k++) {
          real[k * lanes + lane] = source[a + k * sampleStep]!;
          imaginary[k * lanes + lane] = source[b + k * sampleStep]!;
        }
      }
      transform.run(false);
      spectrumReal.set(real);
      spectrumImaginary.set(imaginary);
      shifts.forEach((shift, index) => {
        applyPhase(shift);
        transform.run(true);
        const target = targets[index]!;
        for (let lane = 0; lane < lanes && first + 2 * lane < lines; lane++) {
          const a = (first + 2 * lane) * lineStep;
          for (let k = 0; k < length; k++) target[a + k * sampleStep] = real[k * lanes + lane]!;
          if (first + 2 * lane + 1 >= lines) continue;
          for (let k = 0; k < length; k++) target[a + lineStep + k * sampleStep] = imaginary[k * lanes + lane]!;
        }
      });
    }
  };
}
