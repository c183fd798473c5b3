import type { Fft2d, Spectrum } from '../fft/index.ts';

/** The spectrum of the negative 5-point Laplacian: |Dx|² + |Dy|² of forward differences on the torus, which is real. */
export function gradientPower(fft: Fft2d): Spectrum {
  const plane = fft.createPlane();
  const { data } = plane;
  const { width, height } = fft;
  data[0]! += 4;
  for (const x of [1, width - 1]) data[x % width]! -= 1;
  for (const y of [1, height - 1]) data[(y % height) * width]! -= 1;
  const spectrum = fft.forward(plane);
  plane.dispose();
  return spectrum;
}
