import type { SpectrumFit } from './fit-spectrum.ts';
import type { SpectrumSamples } from './spectrum-samples.ts';
import { taperedTable } from './transfer-power.ts';

/** What a fit left unexplained, ready to be compared with templates of blur. */
export interface Unexplained {
  readonly side: number;
  readonly count: number;
  readonly across: Float64Array;
  readonly up: Float64Array;
  readonly radius: Float64Array;
  /** Residual times share of signal. */
  readonly pull: Float64Array;
  /** Square of the share of signal. */
  readonly weight: Float64Array;
  /** Terms of a scene times weight, orthonormal under it. */
  readonly terms: readonly Float64Array[];
}

/** Samples with a smaller share of signal are left out. */
const leastShare = 0.03;
/** Residuals are cut to this, since structure of the scene makes larger ones. */
const mostResidual = 2;
/** Power to which noise and structure fill the zeros of a transfer function. */
const filled = 0.03;
/** Bins from one frequency of the window to the next. */
const perCycle = 1;

export function unexplained(samples: SpectrumSamples, { share, residual }: SpectrumFit): Unexplained {
  const used: number[] = [];
  for (let i = 0; i < samples.count; i++) if (share[i]! >= leastShare) used.push(i);
  const pick = (values: Float64Array): Float64Array => Float64Array.from(used, (i) => values[i]!);
  const weight = Float64Array.from(used, (i) => share[i]! ** 2);
  const terms: Float64Array[] = [];
  for (const { values } of samples.terms) {
    const next = pick(values);
    const dot = (other: Float64Array): number => next.reduce((sum, value, i) => sum + weight[i]! * value * other[i]!, 0);
    for (const other of terms) {
      const along = dot(other);
      for (let i = 0; i < next.length; i++) next[i]! -= along * other[i]!;
    }
    const norm = Math.sqrt(dot(next)) || 1;
    terms.push(next.map((value) => value / norm));
  }
  return {
    side: samples.side, count: used.length, across: pick(samples.across), up: pick(samples.up), radius: pick(samples.radius), weight,
    pull: Float64Array.from(used, (i) => share[i]! * Math.max(-mostResidual, Math.min(mostResidual, residual[i]!))),
    terms: terms.map((term) => term.map((value, i) => value * weight[i]!)),
  };
}

/** Logarithms of the power of blur, one for each bin. */
export function profileTemplate(side: number, power: (frequency: number) => number): Float64Array {
  return taperedTable(side, perCycle, power).values.map((value) => Math.log(value + filled));
}

/**
 * How much each template would explain, when the terms of the scene adjust: the fall of the weighted squared residual.
 *
 * @param coordinate of each sample, in cycles a pixel, ≥ 0
 * @param templates by the same coordinate, as `profileTemplate` makes them
 */
export function matchProfiles(data: Unexplained, coordinate: Float64Array, templates: readonly Float64Array[]): number[] {
  const { side, count, pull, weight, terms } = data;
  let bins = 0;
  const bin = Int32Array.from(coordinate, (value) => Math.round(value * perCycle * side));
  for (let i = 0; i < count; i++) bins = Math.max(bins, bin[i]! + 1);
  const gather = (values: Float64Array): Float64Array => {
    const sums = new Float64Array(bins);
    for (let i = 0; i < count; i++) sums[bin[i]!]! += values[i]!;
    return sums;
  };
  const pulls = gather(pull);
  const weights = gather(weight);
  const sums = terms.map(gather);
  return templates.map((template) => {
    let gain = 0;
    for (let b = 0; b < bins; b++) gain += template[b]! * (2 * pulls[b]! - weights[b]! * template[b]!);
    for (const sum of sums) {
      let along = 0;
      for (let b = 0; b < bins; b++) along += sum[b]! * template[b]!;
      gain += along * along;
    }
    return gain;
  });
}
