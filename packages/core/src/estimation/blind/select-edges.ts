import type { Gradients } from './scale-problem.ts';

/**
 * The squared length above which there are at least `count` gradients in each of four ranges of directions (Cho and Lee 2009,
 * section 4): enough edges of all directions to see the whole kernel. 0 where there are too few in one.
 */
export function edgeThreshold({ x, y }: Gradients, count: number): number {
  const ranges: number[][] = [[], [], [], []];
  for (let i = 0; i < x.length; i++) {
    const [dx, dy] = [x[i]!, y[i]!];
    const square = dx * dx + dy * dy;
    if (square > 1e-8) ranges[(dx * dy < 0 ? 2 : 0) + (Math.abs(dy) > Math.abs(dx) ? 1 : 0)]!.push(square);
  }
  return Math.min(...ranges.map((squares) => (squares.length < count ? 0 : Float64Array.from(squares).sort()[squares.length - count]!)));
}

/** Squared length that a share of all gradients reaches. */
export function strongestShare({ x, y }: Gradients, share: number): number {
  const squares = x.map((dx, i) => dx * dx + y[i]! * y[i]!).sort();
  return squares[Math.min(squares.length - 1, Math.floor(squares.length * (1 - share)))]!;
}

/** Sets gradients with a squared length below `least` to 0, in place. */
export function dropWeakGradients({ x, y }: Gradients, least: number): void {
  for (let i = 0; i < x.length; i++) {
    if (x[i]! * x[i]! + y[i]! * y[i]! >= least) continue;
    x[i] = 0;
    y[i] = 0;
  }
}
