import type { Psf } from '../../blur/psf.ts';
import { psfFromArray } from '../../blur/psf-from-array.ts';
import type { PlaneSize } from '../../deconvolution/plane-size.ts';
import { InvalidArgumentError } from '../../errors/invalid-argument-error.ts';
import type { Rectangle } from '../../image/crop.ts';
import type { BlindEstimate } from './blind-estimate.ts';

/** @throws InvalidArgumentError unless there are 1 to 64 cells along each axis, none smaller than a pixel */
export function checkGridShape(columns: number, rows: number, { width, height }: PlaneSize): void {
  for (const [name, count, length] of [['columns', columns, width], ['rows', rows, height]] as const) {
    if (Number.isInteger(count) && count >= 1 && count <= Math.min(64, length)) continue;
    throw new InvalidArgumentError(`${name} is ${count}; it must be a whole number from 1 to 64, at most one a pixel.`);
  }
}

/** Start and length of each cell along an axis, a quarter of a cell added at both ends where there is room. */
function stretches(length: number, count: number): { start: number; length: number }[] {
  const cell = length / count;
  return Array.from({ length: count }, (_, i) => {
    const start = Math.max(0, Math.round((i - 0.25) * cell));
    return { start, length: Math.min(length, Math.round((i + 1.25) * cell)) - start };
  });
}

/** What is looked at for each cell, row after row. */
export function cellAreas({ width, height }: PlaneSize, columns: number, rows: number): Rectangle[] {
  const across = stretches(width, columns);
  return stretches(height, rows).flatMap(({ start: top, length }) =>
    across.map(({ start: left, length: wide }) => ({ left, top, width: wide, height: length })),
  );
}

/** A PSF on a square of odd side with its centre in the middle; the side must be large enough. */
function onSquare({ width, data, centre }: Psf, side: number): Float32Array {
  const values = new Float32Array(side * side);
  data.forEach((weight, i) => {
    values[(Math.floor(i / width) - centre.y + (side >> 1)) * side + (i % width) - centre.x + (side >> 1)] = weight;
  });
  return values;
}

/** The PSFs of the reliable cells, and for each other one their mean, weighted by confidence over the square of the distance. */
export function fillCells(cells: readonly BlindEstimate[], reliable: readonly boolean[], columns: number): Psf[] {
  const known = cells.flatMap(({ psf, confidence }, i) =>
    (reliable[i] ? [{ psf: psf!, confidence, x: i % columns, y: Math.floor(i / columns) }] : []),
  );
  const side = known.reduce((most, { psf }) => Math.max(most, psf.width, psf.height), 1);
  return cells.map(({ psf }, i) => {
    if (reliable[i]) return psfFromArray(onSquare(psf!, side), { width: side, height: side });
    const mixed = new Float64Array(side * side);
    for (const { psf: near, confidence, x, y } of known) {
      const weight = Math.max(confidence, 1e-3) / (((i % columns) - x) ** 2 + (Math.floor(i / columns) - y) ** 2);
      onSquare(near, side).forEach((value, place) => (mixed[place]! += weight * value));
    }
    return psfFromArray(mixed, { width: side, height: side });
  });
}
