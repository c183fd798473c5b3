import type { Pacer } from '../../deconvolution/pacer.ts';
import { diskFamily, motionFamily, softFamily } from './blur-family.ts';
import type { BlurFamily } from './blur-family.ts';
import { fitSpectrum } from './fit-spectrum.ts';
import type { SpectrumFit, SpectrumPrior } from './fit-spectrum.ts';
import { unexplained } from './match-profiles.ts';
import type { ParametricKind } from './parametric-psf.ts';
import { slopeTerm, softnessTerm } from './scene-terms.ts';
import { searchDisk } from './search-disk.ts';
import { searchMotion } from './search-motion.ts';
import type { SpectrumSamples } from './spectrum-samples.ts';

/** A fit of a blur with zeros in its transfer function. */
export interface FamilyFit {
  readonly kind: 'motion' | 'disk';
  readonly fit: SpectrumFit;
}

/** All that was fitted to a spectrum. */
export interface FamilyFits {
  /** No blur beyond what lenses have. */
  readonly sharp: SpectrumFit;
  /** Softness alone: a Gaussian of any width. */
  readonly soft: SpectrumFit;
  /** Motion and disk from several starts, most likely first. */
  readonly blurs: readonly FamilyFit[];
}

/** Results of a search that are refined, and the steps after which only the best goes on. */
const searched = 2;
const firstIterations = 3;
/** Longest motion and largest radius searched, as shares of the side of the windows. */
const longestShare = 0.235;
const largestShare = 0.12;
/** Variance of a Gaussian beside motion or defocus, px²: lens and pixel. */
const lensSoftness = { mean: 0.3, deviation: 0.3 };
/** Variance that pictures have which nobody calls blurred. */
const sharpSoftness = { mean: 0.25, deviation: 0.1 };
const anySoftness = { mean: 0, deviation: 30 };
/** A second start for the softness, besides none, px². */
const wideSoftness = 4;
/** Radius of the disk that weak pictures show as a Gaussian of σ = 1; where only the main lobe lies above the noise. */
const radiusOfSigma = 1.43;

/** @param onStep called after each of `stepsOf(kinds)` steps */
export async function fitFamilies(
  samples: SpectrumSamples, noise: Pick<SpectrumPrior, 'noise' | 'noiseDeviation'>, kinds: readonly ParametricKind[], pace: Pacer,
  onStep: () => void,
): Promise<FamilyFits> {
  const sharp = await fitSpectrum(samples, softFamily(samples), { ...noise, softness: sharpSoftness }, [], pace);
  onStep();
  const wide = sharp.scene.slice();
  wide.set([samples.terms[slopeTerm]!.mean, wideSoftness], slopeTerm);
  const softPrior = { ...noise, softness: anySoftness };
  const narrower = await fitSpectrum(samples, softFamily(samples), softPrior, [], pace, sharp.scene);
  const wider = await fitSpectrum(samples, softFamily(samples), softPrior, [], pace, wide);
  const soft = wider.cost < narrower.cost ? wider : narrower;
  onStep();
  const data = unexplained(samples, soft);
  const prior = { ...noise, softness: lensSoftness };
  const blurs: FamilyFit[] = [];
  const refine = async (kind: FamilyFit['kind'], family: BlurFamily, starts: readonly (readonly number[])[]): Promise<void> => {
    const tried: SpectrumFit[] = [];
    for (const start of starts) tried.push(await fitSpectrum(samples, family, prior, start, pace, soft.scene, firstIterations));
    onStep();
    tried.sort((a, b) => a.cost - b.cost);
    const [best, ...others] = tried;
    blurs.push({ kind, fit: await fitSpectrum(samples, family, prior, best!.parameters, pace, best!.scene) });
    blurs.push(...others.map((fit) => ({ kind, fit })));
    onStep();
  };
  if (kinds.includes('motion')) {
    const found = await searchMotion(data, samples.side * longestShare, searched, pace);
    onStep();
    await refine('motion', motionFamily(samples), found);
  }
  if (kinds.includes('disk')) {
    const found = searchDisk(data, samples.side * largestShare, searched);
    onStep();
    const asGaussian = radiusOfSigma * Math.sqrt(soft.scene[softnessTerm]!);
    await refine('disk', diskFamily(samples), [...found, Math.max(1.5, asGaussian)].map((radius) => [radius]));
  }
  return { sharp, soft, blurs: blurs.sort((a, b) => a.fit.cost - b.fit.cost) };
}

/** Number of calls of `onStep` at most. */
export function stepsOf(kinds: readonly ParametricKind[]): number {
  return 2 + 3 * kinds.filter((kind) => kind !== 'gaussian').length;
}
