import type { SpectrumSamples } from './spectrum-samples.ts';

/** A term of the logarithm of the power of a sharp scene, with its prior distribution. */
export interface SceneTerm {
  readonly values: Float64Array;
  readonly mean: number;
  /** Standard deviation. */
  readonly deviation: number;
}

/** Which of the terms is the slope: the exponent of frequency. */
export const slopeTerm = 1;
/** Which of the terms is the variance of softness; its prior is that of the fit. */
export const softnessTerm = 2;

/** Frequency, in cycles a pixel, at which the level of a scene is taken. */
const middle = 0.1;

/**
 * The power of scenes falls with a power of frequency near 2 (Field 1987), differently in each direction: level, slope, softness
 * (a Gaussian of this variance in px²), and the second and fourth harmonics of direction for level and slope.
 */
export function sceneTerms({ across, up, radius, count }: Pick<SpectrumSamples, 'across' | 'up' | 'radius' | 'count'>): SceneTerm[] {
  const logRadius = radius.map((value) => Math.log(value / middle));
  const direction = across.map((x, i) => Math.atan2(up[i]!, x));
  const term = (mean: number, deviation: number, value: (i: number) => number): SceneTerm => ({
    mean, deviation, values: Float64Array.from({ length: count }, (_, i) => value(i)),
  });
  const harmonics = [2, 4].flatMap((order) => [
    term(0, 0.5, (i) => Math.cos(order * direction[i]!)),
    term(0, 0.5, (i) => Math.sin(order * direction[i]!)),
    term(0, 0.5, (i) => Math.cos(order * direction[i]!) * logRadius[i]!),
    term(0, 0.5, (i) => Math.sin(order * direction[i]!) * logRadius[i]!),
  ]);
  return [
    term(0, 100, () => 1),
    term(-2.1, 0.5, (i) => logRadius[i]!),
    term(0, 1, (i) => -4 * Math.PI ** 2 * radius[i]! ** 2),
    ...harmonics,
  ];
}
