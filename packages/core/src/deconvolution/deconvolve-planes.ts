import type { FloatPlanes } from '../blur/float-planes.ts';
import { InvalidArgumentError } from '../errors/invalid-argument-error.ts';
import type { SampleType } from '../image/pixel-image.ts';
import type { DeconvolutionPlan } from './deconvolution-plan.ts';
import type { Pacer } from './pacer.ts';
import type { PlaneSolver } from './plane-solver.ts';

/**
 * @param type sample type that the planes come from; only floats can be bad
 * @throws InvalidArgumentError if a sample is NaN or infinite
 */
export function checkFinite({ width, planes }: FloatPlanes, type: SampleType = 'float32'): void {
  if (type !== 'float32') return;
  for (const plane of planes) {
    let zero = 0;
    for (let i = 0; i < plane.length; i++) zero += plane[i]! * 0;
    if (zero === 0) continue;
    const bad = plane.findIndex((value) => !Number.isFinite(value));
    throw new InvalidArgumentError(
      `The picture has the value ${plane[bad]} in column ${bad % width}, row ${Math.floor(bad / width)}; replace values that are not finite.`,
    );
  }
}

/**
 * Replaces the channels of a picture of the size of the plan by their estimates; one after the other, if they have no part in each other.
 *
 * @returns the same picture
 */
export async function deconvolvePlanes(
  plan: DeconvolutionPlan, solver: PlaneSolver, picture: FloatPlanes, pace: Pacer,
): Promise<FloatPlanes> {
  const groups = solver.separable ? picture.planes.map((plane) => [plane]) : [picture.planes];
  const onTorus = groups[0]!.map(() => plan.fft.createPlane());
  try {
    for (const group of groups) {
      for (const [c, plane] of onTorus.entries()) {
        await pace();
        await plan.load(group[c]!, plane);
      }
      await solver.solve(onTorus, pace);
      for (const [c, plane] of onTorus.entries()) plan.crop(plane, group[c]!);
    }
    return picture;
  } finally {
    onTorus.forEach((plane) => plane.dispose());
  }
}
