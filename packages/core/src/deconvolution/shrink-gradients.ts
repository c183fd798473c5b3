import type { Shrinkage } from './shrinkage.ts';

/** How the gradients of a picture are grouped before they are shrunk. */
export interface GradientGrouping {
  /**
   * Shrink the two derivatives by their common length, which treats all directions alike; otherwise each by its own.
   */
  readonly isotropic: boolean;
}

/**
 * Replaces planes x by t = Dxᵀ·s(Dx·x) + Dyᵀ·s(Dy·x), D being forward differences on the torus and s a shrinkage. The channels of a
 * picture are shrunk together, by the root mean square of their gradient lengths, so that edges stay at the same place in all.
 * Works row by row, in place.
 */
export function shrinkGradients(
  planes: readonly Float32Array[], width: number, height: number, shrinkage: Shrinkage, { isotropic }: GradientGrouping,
): void {
  const share = 1 / planes.length;
  const firstRows = planes.map((plane) => plane.slice(0, width));
  const across = planes.map(() => new Float32Array(width));
  const down = planes.map(() => new Float32Array(width));
  const above = planes.map(() => new Float32Array(width));
  const squaresAcross = new Float32Array(width);
  const squaresDown = new Float32Array(width);

  /** The shrunk derivatives of row y into `across` and `down`. */
  function shrinkRow(y: number): void {
    squaresAcross.fill(0);
    squaresDown.fill(0);
    const row = y * width;
    planes.forEach((plane, c) => {
      const [toRight, toBelow] = [across[c]!, down[c]!];
      const [below, offset] = y === height - 1 ? [firstRows[c]!, 0] : [plane, row + width];
      for (let x = 0; x < width; x++) {
        const here = plane[row + x]!;
        const dx = (x === width - 1 ? plane[row]! : plane[row + x + 1]!) - here;
        const dy = below[offset + x]! - here;
        toRight[x] = dx;
        toBelow[x] = dy;
        squaresAcross[x]! += dx * dx;
        squaresDown[x]! += dy * dy;
      }
    });
    for (let x = 0; x < width; x++) {
      if (isotropic) {
        squaresAcross[x] = shrinkage((squaresAcross[x]! + squaresDown[x]!) * share);
      } else {
        squaresAcross[x] = shrinkage(squaresAcross[x]! * share);
        squaresDown[x] = shrinkage(squaresDown[x]! * share);
      }
    }
    const factorsDown = isotropic ? squaresAcross : squaresDown;
    planes.forEach((_, c) => {
      const [toRight, toBelow] = [across[c]!, down[c]!];
      for (let x = 0; x < width; x++) {
        toRight[x]! *= squaresAcross[x]!;
        toBelow[x]! *= factorsDown[x]!;
      }
    });
  }

  shrinkRow(height - 1);
  down.forEach((values, c) => above[c]!.set(values));
  for (let y = 0; y < height; y++) {
    shrinkRow(y);
    planes.forEach((plane, c) => {
      const [toRight, toBelow, fromAbove] = [across[c]!, down[c]!, above[c]!];
      const row = y * width;
      plane[row] = toRight[width - 1]! - toRight[0]! + fromAbove[0]! - toBelow[0]!;
      for (let x = 1; x < width; x++) plane[row + x] = toRight[x - 1]! - toRight[x]! + fromAbove[x]! - toBelow[x]!;
      fromAbove.set(toBelow);
    });
  }
}
