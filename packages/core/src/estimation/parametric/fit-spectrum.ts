import type { Pacer } from '../../deconvolution/pacer.ts';
import type { BlurFamily } from './blur-family.ts';
import { solveSymmetric } from './solve-symmetric.ts';
import { softnessTerm } from './scene-terms.ts';
import type { SpectrumSamples } from './spectrum-samples.ts';

/** What is known before a fit. */
export interface SpectrumPrior {
  /** Variance of white noise in each pixel. */
  readonly noise: number;
  /** Standard deviation of the logarithm of `noise`. */
  readonly noiseDeviation: number;
  /** Variance of softness beside the blur sought, px². */
  readonly softness: { readonly mean: number; readonly deviation: number };
}

/** The most likely scene, noise and blur of one family. */
export interface SpectrumFit {
  /** Negative logarithm of the posterior density, up to a constant. */
  readonly cost: number;
  /** Parameters of the family. */
  readonly parameters: readonly number[];
  /** Factors of the terms of the scene. */
  readonly scene: Float64Array;
  /** Variance of the noise. */
  readonly noise: number;
  /** Measured minus fitted logarithm of the power, for each sample. */
  readonly residual: Float64Array;
  /** Share of the fitted power that is not noise, for each sample. */
  readonly share: Float64Array;
}

/** Spread of the logarithm of an averaged power around the fit, and the number of neighbours that say the same. */
const spread = 0.35;
const alike = 6;
/** Residuals above this count less and less: structure that the terms of a scene do not know. */
const outlier = 1;
const scale = 1 / (spread ** 2 * alike);
const converged = 0.02;
const enoughIterations = 12;

/** Prior deviation of the two terms by which noise that JPEG has been through exceeds that of the highest frequencies, in logarithms. */
const noiseShapeDeviation = 1.5;

/** Terms of the logarithm of the power of noise, which vanish at high frequencies. */
function noiseShapes({ radius }: SpectrumSamples): readonly [Float64Array, Float64Array] {
  const fall = radius.map((value) => 1 - (value / 0.6) ** 2);
  return [fall, fall.map((value) => value * Math.abs(value))];
}

/** Cost of the spread that a spectrum has around even the right model. */
export function expectedCost({ count, looks }: SpectrumSamples): number {
  return (count * Math.log1p(1 / looks) * scale) / 2;
}

/**
 * Fits log power = log(exp(scene terms) · |H|² + noise) by damped Gauss–Newton steps, with the logarithm of Student's density as loss.
 *
 * @param start parameters of the family to start from
 * @param startScene factors of the scene to start from; default: the prior's
 */
export async function fitSpectrum(
  samples: SpectrumSamples, family: BlurFamily, prior: SpectrumPrior, start: readonly number[], pace: Pacer, startScene?: Float64Array,
  iterations: number = enoughIterations,
): Promise<SpectrumFit> {
  const { count, logPower } = samples;
  const terms = samples.terms.map((term, k) => (k === softnessTerm ? { ...term, ...prior.softness } : term));
  const noiseAt = terms.length;
  const noiseTerms = noiseShapes(samples);
  const shapeAt = noiseAt + 1 + noiseTerms.length;
  const size = shapeAt + start.length;
  const means = Float64Array.from({ length: size }, (_, k) => (k < noiseAt ? terms[k]!.mean : k === noiseAt ? Math.log(prior.noise) : 0));
  const weights = Float64Array.from({ length: size }, (_, k) => (
    k < noiseAt ? terms[k]!.deviation ** -2 : k === noiseAt ? prior.noiseDeviation ** -2 : k < shapeAt ? noiseShapeDeviation ** -2 : 0
  ));
  const residual = new Float64Array(count);
  const share = new Float64Array(count);
  const shapeOf = (x: Float64Array): number[] => Array.from(x.subarray(shapeAt));

  function evaluate(x: Float64Array, transfer: Float64Array): number {
    let loss = 0;
    const [first, second] = [x[noiseAt + 1]!, x[noiseAt + 2]!];
    for (let i = 0; i < count; i++) {
      const level = Math.exp(x[noiseAt]! + first * noiseTerms[0]![i]! + second * noiseTerms[1]![i]!);
      let logScene = 0;
      for (let k = 0; k < noiseAt; k++) logScene += x[k]! * terms[k]!.values[i]!;
      const signal = Math.exp(logScene) * transfer[i]!;
      const difference = logPower[i]! - Math.log(signal + level);
      residual[i] = difference;
      share[i] = signal / (signal + level);
      loss += Math.log1p((difference / outlier) ** 2);
    }
    let away = 0;
    for (let k = 0; k < size; k++) away += weights[k]! * (x[k]! - means[k]!) ** 2;
    return (loss * outlier ** 2 * scale + away) / 2;
  }

  function normalEquations(x: Float64Array, transfer: Float64Array): { matrix: Float64Array; right: Float64Array } {
    const slopes = family.steps.map((step, k) => {
      const moved = shapeOf(x);
      moved[k]! += step;
      return family.power(moved).map((value, i) => Math.log((value + 1e-9) / (transfer[i]! + 1e-9)) / step);
    });
    const matrix = new Float64Array(size * size);
    const right = new Float64Array(size);
    const row = new Float64Array(size);
    for (let i = 0; i < count; i++) {
      const difference = residual[i]!;
      const signal = share[i]!;
      const weight = scale / (1 + (difference / outlier) ** 2);
      for (let k = 0; k < noiseAt; k++) row[k] = signal * terms[k]!.values[i]!;
      row[noiseAt] = 1 - signal;
      row[noiseAt + 1] = (1 - signal) * noiseTerms[0]![i]!;
      row[noiseAt + 2] = (1 - signal) * noiseTerms[1]![i]!;
      for (let k = shapeAt; k < size; k++) row[k] = signal * slopes[k - shapeAt]![i]!;
      for (let k = 0; k < size; k++) {
        const left = weight * row[k]!;
        right[k]! += left * difference;
        for (let j = 0; j <= k; j++) matrix[k * size + j]! += left * row[j]!;
      }
    }
    for (let k = 0; k < size; k++) {
      matrix[k * size + k]! += weights[k]!;
      right[k]! += weights[k]! * (means[k]! - x[k]!);
    }
    return { matrix, right };
  }

  function bounded(x: Float64Array): Float64Array {
    for (let k = shapeAt; k < size; k++) x[k] = Math.min(family.most[k - shapeAt]!, Math.max(family.least[k - shapeAt]!, x[k]!));
    x[softnessTerm] = Math.max(0, x[softnessTerm]!);
    return x;
  }

  let unknowns: Float64Array = means.slice();
  if (startScene) unknowns.set(startScene);
  else unknowns[0] = startLevel(samples);
  unknowns.set(start, shapeAt);
  let transfer: Float64Array = family.power(start);
  let cost = evaluate(unknowns, transfer);
  let damping = 1e-3;
  for (let iteration = 0; iteration < iterations; iteration++) {
    await pace();
    const { matrix, right } = normalEquations(unknowns, transfer);
    let gain = 0;
    for (let attempt = 0; attempt < 6 && gain === 0; attempt++) {
      const damped = matrix.slice();
      for (let k = 0; k < size; k++) damped[k * size + k]! *= 1 + damping;
      const step = solveSymmetric(damped, right.slice(), size);
      const next = bounded(unknowns.map((value, k) => value + step[k]!));
      const nextTransfer = family.power(shapeOf(next));
      const nextCost = evaluate(next, nextTransfer);
      if (nextCost < cost) {
        gain = cost - nextCost;
        [unknowns, transfer, cost] = [next, nextTransfer, nextCost];
        damping = Math.max(1e-6, damping / 10);
      } else damping *= 10;
    }
    if (gain === 0) evaluate(unknowns, transfer);
    if (gain < converged) break;
  }
  return { cost, parameters: shapeOf(unknowns), scene: unknowns.slice(0, noiseAt), noise: Math.exp(unknowns[noiseAt]!), residual, share };
}

/** Level of a scene of the prior's slope that has the power measured at low frequencies. */
function startLevel({ count, radius, logPower, terms: [, slope] }: SpectrumSamples): number {
  let sum = 0;
  let seen = 0;
  for (let i = 0; i < count; i++) {
    if (radius[i]! > 0.1) continue;
    sum += logPower[i]! - slope!.mean * slope!.values[i]!;
    seen++;
  }
  return sum / seen;
}
