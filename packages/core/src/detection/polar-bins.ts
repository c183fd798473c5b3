/** Pixels along each side of the windows whose spectra are taken. */
export const windowSide = 128;
/** Frequencies of x in the half spectrum of a window. */
const columns = windowSide / 2 + 1;

/** Frequency bands by their edges, in cycles per pixel; the last reaches into the corners of the spectrum. */
const edges = [1 / 64, 1 / 32, 1 / 16, 3 / 32, 1 / 8, 3 / 16, 1 / 4, 3 / 8, 1 / 2, 0.71] as const;
export const bandCount: number = edges.length - 1;
/** Sectors of 15° of the half circle; the first is centred on the x axis, the next ones turn clockwise on the screen. */
export const sectorCount = 12;

/** Geometric mean of the edges of a band, in cycles per pixel. */
export function bandFrequency(band: number): number {
  return Math.sqrt(edges[band]! * edges[band + 1]!);
}

/** Sums the power of a half spectrum by band and sector. */
export interface PolarBins {
  /**
   * Mean of frequency² × power in each bin, [band × sectorCount + sector]: about the same in all bins for a natural picture.
   *
   * @param spectrum half spectrum of a window, height × columns × (real, imaginary)
   */
  whitened(spectrum: Float32Array, target: Float64Array): void;
}

/** Assigns each frequency of a window's spectrum to its bin, once. */
export function createPolarBins(): PolarBins {
  const bins = new Int16Array(windowSide * columns).fill(-1);
  const squares = new Float64Array(bins.length);
  const counts = new Float64Array(bandCount * sectorCount);
  for (let y = 0; y < windowSide; y++) {
    const v = (y < windowSide / 2 ? y : y - windowSide) / windowSide;
    for (let x = 0; x < columns; x++) {
      const u = x / windowSide;
      const repeated = (x === 0 || x === columns - 1) && v < 0;
      const radius = Math.hypot(u, v);
      const band = edges.findLastIndex((edge) => radius >= edge);
      if (repeated || band < 0 || band >= bandCount) continue;
      const turn = Math.atan2(v, u) / Math.PI;
      const sector = Math.floor((turn < 0 ? turn + 1 : turn) * sectorCount + 0.5) % sectorCount;
      const i = y * columns + x;
      bins[i] = band * sectorCount + sector;
      squares[i] = radius * radius;
      counts[bins[i]!]! += 1;
    }
  }
  return {
    whitened(spectrum, target) {
      target.fill(0);
      for (let i = 0; i < bins.length; i++) {
        const bin = bins[i]!;
        if (bin >= 0) target[bin]! += squares[i]! * (spectrum[2 * i]! ** 2 + spectrum[2 * i + 1]! ** 2);
      }
      for (let bin = 0; bin < target.length; bin++) target[bin]! /= counts[bin]!;
    },
  };
}
