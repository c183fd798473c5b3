/** Full pixels per pixel at a working scale, along each axis. */
export type Reduction = 1 | 2 | 3 | 4;

/** Room for thirds that were written as decimals, such as 0.33. */
const tolerance = 0.015;

/** The reduction of a working scale of 1, 1/2, 1/3 or 1/4; undefined for any other number. */
export function reductionOf(scale: number): Reduction | undefined {
  return ([1, 2, 3, 4] as const).find((reduction) => Math.abs(scale * reduction - 1) <= tolerance);
}

/** That working scale, as exact as it can be. */
export function exactScale(scale: number): number {
  return 1 / (reductionOf(scale) ?? 1);
}
