/** Corner of a polygon: x to the right, y downwards. */
export type Corner = readonly [x: number, y: number];

/** The part of a convex polygon on one side of an axis-parallel line: where coordinate `axis`·`sign` ≤ `limit`·`sign`. */
function clip(polygon: readonly Corner[], axis: 0 | 1, limit: number, sign: 1 | -1): Corner[] {
  const kept: Corner[] = [];
  polygon.forEach((corner, i) => {
    const next = polygon[(i + 1) % polygon.length]!;
    const here = sign * (corner[axis] - limit);
    const there = sign * (next[axis] - limit);
    if (here <= 0) kept.push(corner);
    if (here < 0 !== there < 0 && here !== 0 && there !== 0) {
      const t = here / (here - there);
      kept.push([corner[0] + t * (next[0] - corner[0]), corner[1] + t * (next[1] - corner[1])]);
    }
  });
  return kept;
}

function area(polygon: readonly Corner[]): number {
  let twice = 0;
  polygon.forEach(([x, y], i) => {
    const [nextX, nextY] = polygon[(i + 1) % polygon.length]!;
    twice += x * nextY - nextX * y;
  });
  return Math.abs(twice) / 2;
}

/** Area of a convex polygon inside the unit square around the pixel centre (x, y). */
export function polygonCoverage(polygon: readonly Corner[], x: number, y: number): number {
  const left = clip(clip(polygon, 0, x + 0.5, 1), 0, x - 0.5, -1);
  return area(clip(clip(left, 1, y + 0.5, 1), 1, y - 0.5, -1));
}
