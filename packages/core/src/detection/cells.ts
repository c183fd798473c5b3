/** Square cells over a plane; the last column and row may reach beyond it. */
export interface CellGrid {
  readonly width: number;
  readonly height: number;
  /** Side of a cell in pixels of the plane; may be a fraction. */
  readonly side: number;
}

/** Each cell plus its neighbours, weighted 1, ½ and, at the corners, ¼. */
export function spreadCells(values: Float64Array, { width, height }: CellGrid): Float64Array {
  const along = values.map((value, i) => {
    const x = i % width;
    return value + (x > 0 ? values[i - 1]! / 2 : 0) + (x < width - 1 ? values[i + 1]! / 2 : 0);
  });
  return along.map((value, i) => {
    const y = Math.floor(i / width);
    return value + (y > 0 ? along[i - width]! / 2 : 0) + (y < height - 1 ? along[i + width]! / 2 : 0);
  });
}

/** Fills cells that are not known with the mean of their known neighbours, ring by ring; all 0 if none is known. */
export function fillCells(values: Float32Array, known: Uint8Array, { width, height }: CellGrid): Float32Array {
  const filled = values.map((value, i) => (known[i] ? value : 0));
  let reached = known.slice();
  if (!reached.includes(1)) return filled;
  while (reached.includes(0)) {
    const next = reached.slice();
    for (let i = 0; i < filled.length; i++) {
      if (reached[i]) continue;
      let sum = 0;
      let count = 0;
      for (let y = Math.max(0, Math.floor(i / width) - 1); y <= Math.min(height - 1, Math.floor(i / width) + 1); y++) {
        for (let x = Math.max(0, (i % width) - 1); x <= Math.min(width - 1, (i % width) + 1); x++) {
          if (!reached[y * width + x]) continue;
          sum += filled[y * width + x]!;
          count++;
        }
      }
      if (count === 0) continue;
      filled[i] = sum / count;
      next[i] = 1;
    }
    reached = next;
  }
  return filled;
}
