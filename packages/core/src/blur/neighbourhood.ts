/** First and second differences of a plane at one pixel, edges mirrored (the neighbour beyond an edge is the edge pixel). */
export interface Derivatives {
  /** Central first differences. */
  x: number;
  y: number;
  /** Second differences. */
  xx: number;
  yy: number;
  xy: number;
}

/** Fills `result` with the differences at column x, row y. */
export function differentiate(plane: Float32Array, width: number, height: number, x: number, y: number, result: Derivatives): void {
  const left = x === 0 ? 0 : x - 1;
  const right = x === width - 1 ? x : x + 1;
  const above = (y === 0 ? 0 : y - 1) * width;
  const here = y * width;
  const below = (y === height - 1 ? y : y + 1) * width;
  const middle = plane[here + x]!;
  const west = plane[here + left]!;
  const east = plane[here + right]!;
  const north = plane[above + x]!;
  const south = plane[below + x]!;
  result.x = (east - west) / 2;
  result.y = (south - north) / 2;
  result.xx = east + west - 2 * middle;
  result.yy = north + south - 2 * middle;
  result.xy = (plane[below + right]! - plane[below + left]! - plane[above + right]! + plane[above + left]!) / 4;
}
