import { describe, expect, it } from 'vitest';
import { psfFromArray } from '../blur/psf-from-array.ts';
import { rotatePsf } from '../blur/rotate-psf.ts';
import { motionPsf } from '../blur/motion-psf.ts';
import type { Psf } from '../blur/psf.ts';
import { InvalidArgumentError } from '../errors/index.ts';
import { createImage } from '../image/create-image.ts';
import type { PixelImage } from '../image/pixel-image.ts';
import reference from './fixtures/blind-metrics.json' with { type: 'json' };
import { kernelSimilarity } from './kernel-similarity.ts';
import { ssdErrorRatio } from './ssd-error-ratio.ts';

describe('kernelSimilarity', () => {
  const kernels = reference.kernels.map(({ weights, ...shape }) => psfFromArray(weights, shape));

  it('agrees with SciPy for kernels of different shapes', () => {
    const found = kernels.map((a) => kernels.map((b) => kernelSimilarity(a, b)));
    found.forEach((row, i) => row.forEach((value, j) => expect(Math.abs(value - reference.similarities[i]![j]!)).toBeLessThan(1e-5)));
  });

  it('is 1 for the same kernel wherever it lies, and falls with the angle between two motions', () => {
    expect(kernelSimilarity(kernels[0]!, kernels[3]!)).toBeCloseTo(1, 6);
    const motion = motionPsf(15, 0);
    const values = [0, 10, 30, 90].map((angle) => kernelSimilarity(motion, rotatePsf(motion, angle)));
    expect(values[0]).toBeGreaterThan(0.99);
    expect(values).toEqual(values.toSorted((a, b) => b - a));
    expect(values[3]).toBeLessThan(0.4);
  });

  it('refuses what is no PSF', () => {
    expect(() => kernelSimilarity(kernels[0]!, { ...kernels[0]!, data: new Float32Array(49) })).toThrow(InvalidArgumentError);
    expect(() => kernelSimilarity(undefined as unknown as Psf, kernels[0]!)).toThrow(InvalidArgumentError);
  });
});

describe('ssdErrorRatio', () => {
  const { size } = reference;
  const image = (values: readonly number[]): PixelImage => createImage({ width: size, height: size, channels: 1, data: Uint8Array.from(values) });
  const [sharp, blind, known] = [image(reference.sharp), image(reference.blind), image(reference.known)];

  it('agrees with NumPy', () => {
    expect(Math.abs(ssdErrorRatio(blind, known, sharp) / reference.ratio - 1)).toBeLessThan(1e-4);
  });

  it('is 1 for equal results and turns over when they change places', () => {
    expect(ssdErrorRatio(blind, blind, sharp)).toBe(1);
    expect(ssdErrorRatio(sharp, sharp, sharp)).toBe(1);
    expect(ssdErrorRatio(known, blind, sharp)).toBeCloseTo(1 / ssdErrorRatio(blind, known, sharp), 9);
    expect(ssdErrorRatio(blind, sharp, sharp)).toBe(Infinity);
  });

  it('refuses pictures that cannot be compared', () => {
    expect(() => ssdErrorRatio(blind, known, createImage({ width: 60, height: 60, channels: 1 }))).toThrow(InvalidArgumentError);
  });
});
