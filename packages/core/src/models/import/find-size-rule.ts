import { ModelError } from '../../errors/index.ts';
import type { SizeRule } from '../manifest.ts';
import type { TrialNetwork } from './trial-network.ts';

/** Which sizes a network takes, and which output is the picture. */
export interface FoundSize {
  readonly size: SizeRule;
  /** Outputs of the size of the input, in the order of the file. */
  readonly outputs: readonly string[];
}

const steps = [1, 2, 4, 8, 16, 32, 64, 128];
const bases = [64, 128, 256, 512];

/**
 * Finds by trial which sizes a network takes: the smallest step of which odd multiples work, whether sides may differ, and the
 * smallest side. Larger pictures are tried only where no smaller one works.
 *
 * @param fixed the only size to try
 * @throws ModelError if no size works
 */
export async function findSizeRule(network: TrialNetwork, fixed?: { readonly width: number; readonly height: number }): Promise<FoundSize> {
  if (fixed) {
    const outputs = await network.fittingOutputs(fixed.width, fixed.height);
    if (outputs.length === 0) throw refused(`${fixed.width}×${fixed.height} pixels`);
    return { size: { minimum: Math.min(fixed.width, fixed.height), multipleOf: commonStep(fixed.width, fixed.height), fixed }, outputs };
  }
  for (const base of bases) {
    for (const square of [false, true]) {
      const found = await findStep(network, base, steps, square);
      if (!found) continue;
      // A smaller step may have failed because its side was too small.
      const finer = await findStep(network, found.side, steps.filter((step) => step < found.step), square);
      const { step, outputs } = finer ?? found;
      return { size: { multipleOf: step, minimum: await findMinimum(network, step, found.side), ...(square && { square }) }, outputs };
    }
  }
  throw refused(`sizes from ${bases[0]} to ${2 * bases[bases.length - 1]} pixels that are multiples of up to ${steps[steps.length - 1]}`);
}

/** The smallest of the steps of which odd multiples of at least `base` work, as sides of a square or of a rectangle. */
async function findStep(
  network: TrialNetwork, base: number, candidates: readonly number[], square: boolean,
): Promise<{ readonly step: number; readonly side: number; readonly outputs: readonly string[] } | undefined> {
  for (const step of candidates) {
    const side = step * (2 * Math.floor(base / (2 * step)) + 1);
    const outputs = await network.fittingOutputs(side, square ? side : side + 2 * step);
    if (outputs.length > 0) return { step, side, outputs };
  }
  return undefined;
}

/** The smallest of the sides `side`, `side`/2, … that works like all above it, not less than 8 px. */
async function findMinimum(network: TrialNetwork, step: number, side: number): Promise<number> {
  let minimum = side;
  for (;;) {
    const half = Math.floor(minimum / 2 / step) * step;
    if (half < Math.max(8, step) || (await network.fittingOutputs(half, half)).length === 0) return minimum;
    minimum = half;
  }
}

function commonStep(a: number, b: number): number {
  return b === 0 ? a : commonStep(b, a % b);
}

function refused(what: string): ModelError {
  return new ModelError(
    `The network gave no picture of the size it was given, for ${what}. If it takes one size only, name it with the option \`size\`; networks that enlarge or reduce cannot be imported.`,
  );
}
