import { InvalidArgumentError } from '../errors/invalid-argument-error.ts';

/**
 * What lies beyond the edge of a picture a b c d:
 * - `reflect`: the picture in a mirror on the edge, d c b a | a b c d | d c b a (scipy.ndimage's `reflect`, NumPy's `symmetric`)
 * - `wrap`: the picture again, a b c d | a b c d | a b c d
 * - `replicate`: the edge pixel, a a a a | a b c d | d d d d
 */
export type Boundary = 'reflect' | 'wrap' | 'replicate';

const names: readonly string[] = ['reflect', 'wrap', 'replicate'] satisfies Boundary[];

/** @throws InvalidArgumentError unless it is a boundary or one of `more` */
export function checkBoundary(boundary: string, more: readonly string[] = []): void {
  const allowed = [...names, ...more];
  if (!allowed.includes(boundary)) {
    throw new InvalidArgumentError(`The boundary must be one of ${allowed.join(', ')}, not "${boundary}".`);
  }
}

/** The position in [0, length) whose pixel stands for position `index`, however far outside that is. */
export function boundaryIndex(boundary: Boundary, index: number, length: number): number {
  if (index >= 0 && index < length) return index;
  if (boundary === 'replicate') return index < 0 ? 0 : length - 1;
  const period = boundary === 'wrap' ? length : 2 * length;
  const phase = ((index % period) + period) % period;
  return phase < length ? phase : period - 1 - phase;
}

/** Copies a rectangle that may reach beyond the plane to rows of `stride` values; (x, y) is its upper left pixel. */
export function copyPatch(
  source: Float32Array, width: number, height: number, boundary: Boundary, x: number, y: number, patchWidth: number,
  patchHeight: number, target: Float32Array, stride: number,
): void {
  const first = Math.min(patchWidth, Math.max(0, -x));
  const last = Math.max(first, Math.min(patchWidth, width - x));
  for (let row = 0; row < patchHeight; row++) {
    const from = boundaryIndex(boundary, y + row, height) * width;
    const to = row * stride;
    for (let column = 0; column < first; column++) target[to + column] = source[from + boundaryIndex(boundary, x + column, width)]!;
    if (last > first) target.set(source.subarray(from + x + first, from + x + last), to + first);
    for (let column = last; column < patchWidth; column++) {
      target[to + column] = source[from + boundaryIndex(boundary, x + column, width)]!;
    }
  }
}
