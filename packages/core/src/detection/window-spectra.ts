import type { Plane } from '../blur/luma-plane.ts';
import type { Pacer } from '../deconvolution/pacer.ts';
import { createFft2d } from '../fft/index.ts';
import { reflectIndex } from '../tiling/reflect-index.ts';
import { windowSide } from './polar-bins.ts';

/** Windows along each axis at most. */
const most = 8;

/** Left or upper edges of windows spread evenly over an axis. */
function placeWindows(length: number): number[] {
  const count = Math.min(most, Math.ceil(length / windowSide));
  if (count === 1) return [0];
  return Array.from({ length: count }, (_, i) => Math.round((i * (length - windowSide)) / (count - 1)));
}

/** Copies a window less its mean, faded out by a Hann window; beyond the edges of the plane it is mirrored. */
function copyWindow({ width, height, values }: Plane, left: number, top: number, fade: Float32Array, target: Float32Array): void {
  const columns = Array.from({ length: windowSide }, (_, x) => reflectIndex(left + x, width));
  let sum = 0;
  for (let y = 0, i = 0; y < windowSide; y++) {
    const row = reflectIndex(top + y, height) * width;
    for (let x = 0; x < windowSide; x++, i++) sum += target[i] = values[row + columns[x]!]!;
  }
  const mean = sum / target.length;
  for (let y = 0, i = 0; y < windowSide; y++) {
    for (let x = 0; x < windowSide; x++, i++) target[i] = (target[i]! - mean) * fade[x]! * fade[y]!;
  }
}

/**
 * Visits the spectra of up to 8 × 8 windows of 128 × 128 pixels, spread evenly over a plane.
 *
 * @param visit gets the half spectrum, height × 65 × (real, imaginary), of a window scaled so that white noise of variance 1 has a mean
 *   power of 1; valid during the call only
 */
export async function visitWindowSpectra(plane: Plane, pace: Pacer, visit: (spectrum: Float32Array) => void): Promise<void> {
  const fade = Float32Array.from({ length: windowSide }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / windowSide));
  const energy = fade.reduce((sum, value) => sum + value * value, 0);
  const scaled = fade.map((value) => value / Math.sqrt(energy));
  const fft = await createFft2d({ width: windowSide, height: windowSide });
  try {
    const window = new Float32Array(windowSide * windowSide);
    const spectrum = fft.createSpectrum();
    for (const top of placeWindows(plane.height)) {
      for (const left of placeWindows(plane.width)) {
        await pace();
        copyWindow(plane, left, top, scaled, window);
        visit(fft.forward(window, spectrum).toArray());
      }
    }
  } finally {
    fft.dispose();
  }
}
