import type { FloatPlanes } from '../blur/float-planes.ts';
import { InvalidArgumentError } from '../errors/invalid-argument-error.ts';
import type { DeconvolutionPlan } from './deconvolution-plan.ts';
import type { Pacer } from './pacer.ts';
import type { PlaneSolver } from './plane-solver.ts';

/** @throws InvalidArgumentError if a sample is NaN or infinite */
export function checkFinite({ width, planes }: FloatPlanes): void {
  for (const plane of planes) {
    const bad = plane.findIndex((value) => !Number.isFinite(value));
    if (bad < 0) continue;
    throw new InvalidArgumentError(
      `The picture has the value ${plane[bad]} in column ${bad % width}, row ${Math.floor(bad / width)}; replace values that are not finite.`,
    );
  }
}

/** Solves for the channels of a picture of the size of the plan. */
export async function deconvolvePlanes(
  plan: DeconvolutionPlan, solver: PlaneSolver, picture: FloatPlanes, pace: Pacer,
): Promise<FloatPlanes> {
  const onTorus = picture.planes.map(() => plan.fft.createPlane());
  try {
    for (const [c, plane] of onTorus.entries()) {
      await pace();
      await plan.load(picture.planes[c]!, plane);
    }
    await solver.solve(onTorus, pace);
    return { width: plan.width, height: plan.height, planes: onTorus.map((plane) => plan.crop(plane)) };
  } finally {
    onTorus.forEach((plane) => plane.dispose());
  }
}
