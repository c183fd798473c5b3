import type { Plane } from '../blur/luma-plane.ts';
import type { Direction } from '../blur/structure-function.ts';
import { spreadCells } from './cells.ts';
import type { CellGrid } from './cells.ts';

/** Squared differences of pixel pairs, by the cell in which the middle of the pair lies. */
export interface CellDifferences {
  /** Sums of the cells. */
  readonly squares: Float64Array;
  /** Pairs of each cell and its neighbours, weighted like `spreadCells`. */
  readonly spreadCounts: Float64Array;
}

/** Undefined if the distance does not fit into the plane with as much room again. */
export function sumDifferences({ width, height, values }: Plane, direction: Direction, step: number, grid: CellGrid): CellDifferences | undefined {
  const reachX = direction.x * step;
  const reachY = direction.y * step;
  if (2 * Math.abs(reachX) > width || 2 * Math.abs(reachY) > height) return undefined;
  const squares = new Float64Array(grid.width * grid.height);
  const counts = new Float64Array(squares.length);
  const offset = reachY * width + reachX;
  const cellOf = (place: number, cells: number): number => Math.min(cells - 1, Math.floor(place / grid.side));
  for (let y = Math.max(0, -reachY); y < height - Math.max(0, reachY); y++) {
    const row = cellOf(y + reachY / 2, grid.height) * grid.width;
    let x = 0;
    while (x < width - reachX) {
      const column = cellOf(x + reachX / 2, grid.width);
      const end = column === grid.width - 1 ? width - reachX : Math.min(width - reachX, Math.max(x + 1, Math.ceil((column + 1) * grid.side - reachX / 2)));
      let sum = 0;
      for (let i = y * width + x; i < y * width + end; i++) {
        const difference = values[i + offset]! - values[i]!;
        sum += difference * difference;
      }
      squares[row + column]! += sum;
      counts[row + column]! += end - x;
      x = end;
    }
  }
  return { squares, spreadCounts: spreadCells(counts, grid) };
}
