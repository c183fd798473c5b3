import type { PlaneSize } from './plane-size.ts';

/** Where the pixels of one axis lie on a coarser grid: between `lower` and `upper`, `fraction` of the way. */
interface AxisMap {
  readonly lower: Int32Array;
  readonly upper: Int32Array;
  readonly fraction: Float64Array;
}

/** Gaps up to this many pixels are not made coarser. */
const coarsest = 4;
/** A coarser grid must come nearer to the solution; it costs a quarter as much. */
const coarseShare = 0.5;
const mostSweeps = 200;

/** Mixes the values at the ends of a gap; `place` of `gap` new values, counted from 1. */
function across(first: number, last: number, place: number, gap: number): number {
  return first + ((last - first) * place) / (gap + 1);
}

/** A first guess: straight lines between the edges that a gap joins, in rows first, then in columns over whole rows. */
function interpolate(values: Float32Array, size: PlaneSize, full: PlaneSize): void {
  const gapX = full.width - size.width;
  const gapY = full.height - size.height;
  for (let y = 0; y < size.height; y++) {
    const row = y * full.width;
    for (let i = 1; i <= gapX; i++) {
      values[row + size.width + i - 1] = across(values[row + size.width - 1]!, values[row]!, i, gapX);
    }
  }
  for (let i = 1; i <= gapY; i++) {
    const row = (size.height + i - 1) * full.width;
    const above = (size.height - 1) * full.width;
    for (let x = 0; x < full.width; x++) values[row + x] = across(values[above + x]!, values[x]!, i, gapY);
  }
}

/** Gauss–Seidel sweeps with over-relaxation over the gap until the squared residual, summed up as it is met, is at most `enough`. */
function relax(values: Float32Array, size: PlaneSize, full: PlaneSize, enough: number, overRelaxation: number): void {
  const last = full.width - 1;
  const step = overRelaxation / 4;
  for (let sweep = 0; sweep < mostSweeps; sweep++) {
    let squares = 0;
    for (let y = 0; y < full.height; y++) {
      const from = y < size.height ? size.width : 0;
      if (from > last) continue;
      const row = y * full.width;
      const above = (y === 0 ? full.height - 1 : y - 1) * full.width;
      const below = (y === full.height - 1 ? 0 : y + 1) * full.width;
      let left = values[row + (from === 0 ? last : from - 1)]!;
      for (let x = from; x < last; x++) {
        const here = values[row + x]!;
        const residual = left + values[row + x + 1]! + values[above + x]! + values[below + x]! - 4 * here;
        squares += residual * residual;
        left = here + step * residual;
        values[row + x] = left;
      }
      const here = values[row + last]!;
      const residual = left + values[row]! + values[above + last]! + values[below + last]! - 4 * here;
      squares += residual * residual;
      values[row + last] = here + step * residual;
    }
    if (squares <= enough) return;
  }
}

/** About half a length, but at least one pixel of what there is. */
function half(length: number): number {
  return length === 0 ? 0 : Math.max(1, Math.round(length / 2));
}

/** The pixel of a side of `length` that pixel `place` of a coarser side lies on; first and last ones lie on each other. */
function finePlace(place: number, length: number, coarseLength: number): number {
  return coarseLength === 1 ? 0 : Math.round((place * (length - 1)) / (coarseLength - 1));
}

/** Copies the edges of the picture, smoothed along themselves, to the edges of a coarser one. */
function coarsenEdges(values: Float32Array, size: PlaneSize, stride: number, coarse: Float32Array, coarseSize: PlaneSize, coarseStride: number): void {
  const lines = [
    { length: size.width, step: 1, count: size.height, stride, to: coarseSize.width, toStep: 1, toCount: coarseSize.height, toStride: coarseStride },
    { length: size.height, step: stride, count: size.width, stride: 1, to: coarseSize.height, toStep: coarseStride, toCount: coarseSize.width, toStride: 1 },
  ];
  for (const line of lines) {
    for (const [from, to] of [[0, 0], [(line.count - 1) * line.stride, (line.toCount - 1) * line.toStride]] as const) {
      for (let i = 0; i < line.to; i++) {
        const place = finePlace(i, line.length, line.to);
        const before = values[from + Math.max(0, place - 1) * line.step]!;
        const after = values[from + Math.min(line.length - 1, place + 1) * line.step]!;
        coarse[to + i * line.toStep] = (before + 2 * values[from + place * line.step]! + after) / 4;
      }
    }
  }
}

/** Maps the picture's pixels to those of the coarser picture, and its gap to the coarser gap. */
function mapAxis(length: number, fullLength: number, coarseLength: number, coarseFull: number): AxisMap {
  const lower = new Int32Array(fullLength);
  const upper = new Int32Array(fullLength);
  const fraction = new Float64Array(fullLength);
  const inside = length === 1 ? 0 : (coarseLength - 1) / (length - 1);
  const beyond = (coarseFull - coarseLength + 1) / (fullLength - length + 1);
  for (let i = 0; i < fullLength; i++) {
    const place = i < length ? i * inside : coarseLength - 1 + (i - length + 1) * beyond;
    const index = Math.floor(place);
    lower[i] = index % coarseFull;
    upper[i] = (index + 1) % coarseFull;
    fraction[i] = place - index;
  }
  return { lower, upper, fraction };
}

/** Fills the gap from a coarser solution, linear in between. */
function refine(coarse: Float32Array, coarseStride: number, columns: AxisMap, rows: AxisMap, values: Float32Array, size: PlaneSize, full: PlaneSize): void {
  for (let y = 0; y < full.height; y++) {
    const above = rows.lower[y]! * coarseStride;
    const below = rows.upper[y]! * coarseStride;
    const down = rows.fraction[y]!;
    for (let x = y < size.height ? size.width : 0; x < full.width; x++) {
      const left = columns.lower[x]!;
      const right = columns.upper[x]!;
      const along = columns.fraction[x]!;
      const top = coarse[above + left]! + along * (coarse[above + right]! - coarse[above + left]!);
      const bottom = coarse[below + left]! + along * (coarse[below + right]! - coarse[below + left]!);
      values[y * full.width + x] = top + down * (bottom - top);
    }
  }
}

/**
 * Solves Laplace's equation on a torus outside the picture in its upper left corner, in place, with the picture as boundary values.
 * Cascadic multigrid: the gap at half the size gives the first guess, recursively (Bornemann and Deuflhard, "The cascadic multigrid
 * method for elliptic problems", 1996).
 *
 * @param tolerance rms of what the equation may be violated by
 */
export function fillGap(values: Float32Array, size: PlaneSize, full: PlaneSize, tolerance: number): void {
  const unknown = full.width * full.height - size.width * size.height;
  if (unknown === 0) return;
  const gap = { width: full.width - size.width, height: full.height - size.height };
  const enough = tolerance ** 2 * unknown;
  if (Math.max(gap.width, gap.height) <= coarsest) {
    interpolate(values, size, full);
    relax(values, size, full, enough, 1.4);
    return;
  }
  const coarseSize = { width: half(size.width), height: half(size.height) };
  const coarseFull = { width: coarseSize.width + half(gap.width), height: coarseSize.height + half(gap.height) };
  const coarse = new Float32Array(coarseFull.width * coarseFull.height);
  coarsenEdges(values, size, full.width, coarse, coarseSize, coarseFull.width);
  fillGap(coarse, coarseSize, coarseFull, tolerance * coarseShare);
  const columns = mapAxis(size.width, full.width, coarseSize.width, coarseFull.width);
  const rows = mapAxis(size.height, full.height, coarseSize.height, coarseFull.height);
  refine(coarse, coarseFull.width, columns, rows, values, size, full);
  relax(values, size, full, enough, 1.2);
}
