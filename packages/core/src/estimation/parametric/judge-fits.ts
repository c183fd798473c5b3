import type { FamilyFits } from './fit-families.ts';
import type { ParametricCandidate } from './parametric-estimate.ts';
import type { ParametricKind, ParametricPsf } from './parametric-psf.ts';
import { softnessTerm } from './scene-terms.ts';

/** The decision between fits. */
export interface Judgement {
  readonly psf?: ParametricPsf;
  readonly confidence: number;
  readonly refused?: string;
  readonly candidates: readonly ParametricCandidate[];
}

/** Least lead, as a difference of logarithms of probability, over softness and over the other kind. */
const leastLead = 20;
/** Least σ that counts as blur: the softness of lenses, demosaicking and resizing is below. */
const leastSigma = 0.8;
/** Samples' worth of signal without which nothing can be said. */
const leastSignal = 60;

function describe(kind: 'motion' | 'disk', [first, angle]: readonly number[]): ParametricPsf {
  if (kind === 'disk') return { kind, radius: first! };
  const degrees = (((angle! * 180) / Math.PI) % 180 + 180) % 180;
  return { kind, length: first!, angle: degrees === 180 ? 0 : degrees };
}

/** Picks the kind that explains the spectrum best, or none. */
export function judgeFits({ soft, blurs }: FamilyFits, kinds: readonly ParametricKind[]): Judgement {
  const sigma = Math.sqrt(soft.scene[softnessTerm]!);
  const candidates: ParametricCandidate[] = blurs.map(({ kind, fit }) => ({
    psf: describe(kind, fit.parameters), score: soft.cost - fit.cost,
  }));
  if (kinds.includes('gaussian') && sigma > 0) candidates.push({ psf: { kind: 'gaussian', sigma }, score: 0 });
  candidates.sort((a, b) => b.score - a.score);
  const refuse = (refused: string): Judgement => ({ confidence: 0, refused, candidates });
  if (soft.share.reduce((sum, share) => sum + share, 0) < leastSignal) return refuse('There is hardly any structure above the noise.');
  const best = candidates[0];
  if (best && best.psf.kind !== 'gaussian' && best.score > 0) {
    const rival = candidates.find(({ psf }) => psf.kind !== best.psf.kind)?.score ?? 0;
    const lead = best.score - Math.max(0, rival);
    if (lead < leastLead) return refuse(`The blur could be ${best.psf.kind}, but something else explains the picture nearly as well.`);
    return { psf: best.psf, confidence: 1 - Math.exp(-lead / 60), candidates };
  }
  if (sigma < leastSigma) return refuse('The picture looks sharp.');
  if (!kinds.includes('gaussian')) return refuse(`No blur of kind ${kinds.join(' or ')} explains the picture better than softness.`);
  return { psf: { kind: 'gaussian', sigma }, confidence: 0.5, candidates };
}
