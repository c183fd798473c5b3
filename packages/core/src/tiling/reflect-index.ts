/**
 * Maps a position beyond a picture's edge to the position inside that a mirror at the edge pixel shows, without repeating
 * the edge pixel (NumPy's `reflect`): for length 4, −2 −1 0 1 2 3 4 5 → 2 1 0 1 2 3 2 1. Positions further away than the
 * picture is long are reflected again and again; a length of 1 gives 0 (replication).
 *
 * @param index whole number, may be negative
 * @param length pixels along the axis, ≥ 1
 * @returns position in [0, length)
 */
export function reflectIndex(index: number, length: number): number {
  if (index >= 0 && index < length) return index;
  if (length === 1) return 0;
  const period = 2 * (length - 1);
  const phase = ((index % period) + period) % period;
  return phase < length ? phase : period - phase;
}
