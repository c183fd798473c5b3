/** Directions in which slopes are measured, evenly over half a turn. */
const directionCount = 36;

/**
 * The greatest slope of a plane along each of 36 directions, multiples of 5° counter-clockwise from the x axis, by central differences.
 *
 * @returns differences a pixel, ≥ 0; zeros for planes without a 3×3 neighbourhood
 */
export function greatestSlopes(values: Float32Array, width: number, height: number): Float64Array {
  const slopes = new Float64Array(directionCount);
  const turns = Float64Array.from(slopes, (_, i) => (i * Math.PI) / directionCount);
  const along = turns.map((turn) => Math.cos(turn) / 2);
  const up = turns.map((turn) => -Math.sin(turn) / 2);
  let least = 0;
  for (let y = 1; y < height - 1; y++) {
    for (let i = y * width + 1; i < (y + 1) * width - 1; i++) {
      const dx = values[i + 1]! - values[i - 1]!;
      const dy = values[i + width]! - values[i - width]!;
      if ((dx * dx + dy * dy) / 4 <= least * least) continue;
      for (let d = 0; d < directionCount; d++) {
        const slope = Math.abs(along[d]! * dx + up[d]! * dy);
        if (slope > slopes[d]!) slopes[d] = slope;
      }
      least = slopes.reduce((a, b) => Math.min(a, b));
    }
  }
  return slopes;
}
