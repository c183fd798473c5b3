import type { PlaneSize } from '../../deconvolution/plane-size.ts';
import type { Pacer } from '../../deconvolution/pacer.ts';
import { createFft2d } from '../../fft/index.ts';
import { placeWindows } from './place-windows.ts';

/** Power of a picture over half the plane of frequencies. */
export interface AverageSpectrum {
  /** Side of the windows in pixels; frequencies are multiples of 1/side. */
  readonly side: number;
  /**
   * Power at each frequency, `side × (side / 2 + 1)`: row v holds the vertical frequency v − side/2 (downwards), column u the
   * horizontal frequency u, in cycles a window. White noise of variance s² has the power s².
   */
  readonly power: Float64Array;
  /** How many independent spectra have the spread of this average. */
  readonly looks: number;
}

/** How much wider neighbouring windows are spread than independent ones, for Hann windows that overlap by five eighths both ways. */
const overlap = 1.66;

/** Share of a window that may be clipped. */
const clippedShare = 0.05;

/** sin², which tapers a window to 0 at its edges. */
function hannTaper(side: number): Float64Array {
  return Float64Array.from({ length: side }, (_, i) => Math.sin((Math.PI * (i + 0.5)) / side) ** 2);
}

/**
 * Welch's average of the power of overlapping windows, tapered so that the jump between opposite edges leaves no cross. Windows
 * with much clipping are left out unless all have it. Each window counts by the inverse root of the power of its gradient, so that
 * no single edge governs the average.
 *
 * @param values `height × width` values, row after row; clipped where 0 or below and 1 or above
 * @param side even, a size that `goodSize` gives, at most the shorter side
 */
export async function averageSpectrum(values: Float32Array, size: PlaneSize, side: number, pace: Pacer): Promise<AverageSpectrum> {
  const taper = hannTaper(side);
  const total = (power: number): number => taper.reduce((sum, value) => sum + value ** power, 0) ** 2;
  const [taperSum, taperPower] = [total(1), total(2)];
  const columns = side / 2 + 1;
  const empty = (): WindowSum => ({ power: new Float64Array(side * columns), weight: 0, squares: 0 });
  const kept = empty();
  const spare = empty();
  const fft = await createFft2d({ width: side, height: side });
  try {
    const plane = fft.createPlane();
    const spectrum = fft.createSpectrum();
    for (const { left, top } of placeWindows(size, side)) {
      await pace();
      let clipped = 0;
      let mean = 0;
      for (let y = 0; y < side; y++) {
        for (let x = 0, i = (top + y) * size.width + left; x < side; x++, i++) {
          const value = values[i]!;
          if (value <= 0 || value >= 1) clipped++;
          mean += taper[x]! * taper[y]! * value;
        }
      }
      mean /= taperSum;
      const target = plane.data;
      for (let y = 0; y < side; y++) {
        for (let x = 0, i = (top + y) * size.width + left; x < side; x++, i++) {
          target[y * side + x] = taper[x]! * taper[y]! * (values[i]! - mean);
        }
      }
      addWindow(fft.forward(plane, spectrum).toArray(), side, taperPower, clipped > clippedShare * side ** 2 ? spare : kept);
    }
  } finally {
    fft.dispose();
  }
  const { power, weight, squares } = kept.weight > 0 ? kept : spare;
  if (weight === 0) return { side, power, looks: 1 };
  return { side, power: power.map((value) => value / weight), looks: Math.max(1, weight ** 2 / squares / overlap) };
}

interface WindowSum {
  readonly power: Float64Array;
  weight: number;
  squares: number;
}

function addWindow(bins: Float32Array, side: number, taperPower: number, sum: WindowSum): void {
  const columns = side / 2 + 1;
  let gradient = 0;
  for (let v = 0, i = 0; v < side; v++) {
    const down = v < side / 2 ? v : v - side;
    for (let u = 0; u < columns; u++, i += 2) gradient += (bins[i]! ** 2 + bins[i + 1]! ** 2) * (u * u + down * down);
  }
  if (!(gradient > 0)) return;
  const weight = Math.sqrt(taperPower / gradient);
  for (let v = 0, i = 0; v < side; v++) {
    const row = ((v + side / 2) % side) * columns;
    for (let u = 0; u < columns; u++, i += 2) sum.power[row + u]! += (weight * (bins[i]! ** 2 + bins[i + 1]! ** 2)) / taperPower;
  }
  sum.weight += weight;
  sum.squares += weight ** 2;
}
