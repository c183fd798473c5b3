import type { FamilyFits } from './fit-families.ts';
import type { ParametricCandidate } from './parametric-estimate.ts';
import type { ParametricKind, ParametricPsf } from './parametric-psf.ts';
import { slopeTerm, softnessTerm } from './scene-terms.ts';

/** The decision between fits. */
export interface Judgement {
  readonly psf?: ParametricPsf;
  readonly confidence: number;
  readonly refused?: string;
  readonly candidates: readonly ParametricCandidate[];
}

interface Entry {
  readonly psf: ParametricPsf;
  readonly cost: number;
}

/** Lead over whatever else was fitted that gives a confidence of one half, as a difference of logarithms of probability … */
const leastLead = 20;
/** … and how much it grows with what even the best fit leaves unexplained, beyond the expected cost times the tolerance. */
const doubt = 0.5;
const tolerance = 1.25;
/** Least blur in pixels: the softness of lenses, demosaicking and resizing is below. */
const leastSigma = 0.8;
const leastLength = 3;
const leastRadius = 1.25;
/** Lead over a Gaussian, as a share of the lead needed, from which a disk is picked. */
const diskFrom = 0.25;
/** The power of no scene falls faster with frequency than with this exponent; a faster fall is blur of another kind. */
const steepestScene = -3.5;
/** Samples' worth of signal without which nothing can be said. */
const leastSignal = 150;

function describe(kind: 'motion' | 'disk', [first, angle]: readonly number[]): ParametricPsf {
  if (kind === 'disk') return { kind, radius: first! };
  const degrees = ((((angle! * 180) / Math.PI) % 180) + 180) % 180;
  return { kind, length: first!, angle: degrees };
}

function isBlur(psf: ParametricPsf): boolean {
  if (psf.kind === 'motion') return psf.length >= leastLength;
  return psf.kind === 'disk' ? psf.radius >= leastRadius : psf.sigma >= leastSigma;
}

/** Confidence that a lead gives. */
function certainty(lead: number, needed: number): number {
  return 1 - 0.5 ** Math.max(0, lead / needed);
}

/**
 * Picks the kind that explains the spectrum best, or none. Where only the main lobe of a disk lies above the noise, a Gaussian explains it
 * nearly as well: between these two the better one is picked, with a confidence near one half.
 *
 * @param expected cost of a fit that leaves nothing but chance
 */
export function judgeFits({ sharp, soft, blurs }: FamilyFits, kinds: readonly ParametricKind[], expected: number): Judgement {
  const entries: Entry[] = blurs.map(({ kind, fit }) => ({ psf: describe(kind, fit.parameters), cost: fit.cost }));
  const gaussian: Entry = { psf: { kind: 'gaussian', sigma: Math.sqrt(soft.scene[softnessTerm]!) }, cost: soft.cost };
  if (kinds.includes('gaussian')) entries.push(gaussian);
  entries.sort((a, b) => a.cost - b.cost);
  const candidates = entries.map(({ psf, cost }) => ({ psf, score: sharp.cost - cost }));
  const refuse = (refused: string): Judgement => ({ confidence: 0, refused, candidates });
  if (soft.share.reduce((sum, share) => sum + share, 0) < leastSignal) return refuse('There is hardly any structure above the noise.');

  const motion = entries.find(({ psf }) => psf.kind === 'motion' && isBlur(psf));
  const disk = entries.find(({ psf }) => psf.kind === 'disk' && isBlur(psf));
  const steep = soft.scene[slopeTerm]! < steepestScene;
  const needed = leastLead + doubt * Math.max(0, Math.min(soft.cost, ...entries.map(({ cost }) => cost)) - tolerance * expected);
  const decide = (entry: Entry | undefined, rivals: readonly (Entry | undefined)[], certain = 1): Judgement | undefined => {
    if (!entry) return undefined;
    const lead = Math.min(sharp.cost, ...rivals.map((rival) => rival?.cost ?? Infinity)) - entry.cost;
    return lead < needed ? undefined : { psf: entry.psf, confidence: Math.min(certain, certainty(lead, needed)), candidates };
  };
  const overGaussian = disk ? (soft.cost - disk.cost) / needed : -Infinity;
  function decideRound(): Judgement | undefined {
    const round = overGaussian > diskFrom ? disk : kinds.includes('gaussian') && isBlur(gaussian.psf) && !steep ? gaussian : undefined;
    const ahead = round && motion ? (motion.cost - round.cost) / needed : Infinity;
    return ahead > 0 ? decide(round, [], certainty(1 + Math.min(ahead, Math.abs(overGaussian)), 1)) : undefined;
  }
  return decide(motion, [gaussian, disk]) ?? decideRound() ?? refuse(steep || isBlur(gaussian.psf)
    ? `The picture seems blurred, but not clearly by ${kinds.join(' or ')}; or not everywhere in the same way.`
    : 'The picture looks sharp.');
}
