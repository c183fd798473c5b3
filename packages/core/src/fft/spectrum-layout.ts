/**
 * How half spectra lie in memory. Four neighbouring frequencies of x form a block; within a block, row after row (frequency of y),
 * come four real parts, then four imaginary parts. So a block holds four columns whose transforms run in the lanes of one vector.
 */
export interface SpectrumLayout {
  /** Size of the plane. */
  readonly width: number;
  readonly height: number;
  /** Frequencies of x: ⌊width / 2⌋ + 1. */
  readonly frequencies: number;
  readonly blocks: number;
  /** Floats from block to block; more than needed, so that blocks do not compete for the same cache lines. */
  readonly blockLength: number;
  /** Floats of a spectrum. */
  readonly length: number;
}

/** Layout of the half spectra of planes of this size. */
export function spectrumLayout(width: number, height: number): SpectrumLayout {
  const frequencies = Math.floor(width / 2) + 1;
  const blocks = Math.ceil(frequencies / 4);
  const rows = Math.ceil(height / 8) * 8;
  const blockLength = (rows + 8) * 8;
  return { width, height, frequencies, blocks, blockLength, length: blocks * blockLength };
}

/** Index of the real part at frequency (x, y); the imaginary part follows 4 further on. */
function indexOf(layout: SpectrumLayout, x: number, y: number): number {
  return (x >> 2) * layout.blockLength + y * 8 + (x & 3);
}

/** Copies a spectrum to height × frequencies × (real, imaginary). */
export function unpackSpectrum(layout: SpectrumLayout, packed: Float32Array): Float32Array {
  const values = new Float32Array(layout.height * layout.frequencies * 2);
  let i = 0;
  for (let y = 0; y < layout.height; y++) {
    for (let x = 0; x < layout.frequencies; x++) {
      const at = indexOf(layout, x, y);
      values[i++] = packed[at]!;
      values[i++] = packed[at + 4]!;
    }
  }
  return values;
}

/** Copies height × frequencies × (real, imaginary) into a spectrum. */
export function packSpectrum(layout: SpectrumLayout, values: ArrayLike<number>, packed: Float32Array): void {
  let i = 0;
  for (let y = 0; y < layout.height; y++) {
    for (let x = 0; x < layout.frequencies; x++) {
      const at = indexOf(layout, x, y);
      packed[at] = values[i++]!;
      packed[at + 4] = values[i++]!;
    }
  }
}
