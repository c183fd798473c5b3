/**
 * Undoes the filter of a row in place (PNG specification, 9.2).
 * @param size bytes of a whole pixel, at least 1
 * @param above the row above, undone already; zeros above the first
 * @returns false for a filter there is not
 */
export function undoFilter(filter: number, row: Uint8Array, above: Uint8Array, size: number): boolean {
  const { length } = row;
  if (filter === 0) return true;
  if (filter === 1) for (let i = size; i < length; i++) row[i] = row[i]! + row[i - size]!;
  else if (filter === 2) for (let i = 0; i < length; i++) row[i] = row[i]! + above[i]!;
  else if (filter === 3) {
    for (let i = 0; i < size && i < length; i++) row[i] = row[i]! + (above[i]! >> 1);
    for (let i = size; i < length; i++) row[i] = row[i]! + ((row[i - size]! + above[i]!) >> 1);
  } else if (filter === 4) {
    for (let i = 0; i < size && i < length; i++) row[i] = row[i]! + above[i]!;
    for (let i = size; i < length; i++) row[i] = row[i]! + paeth(row[i - size]!, above[i]!, above[i - size]!);
  } else return false;
  return true;
}

/** Left, above or above-left, whichever is nearest to left + above − above-left (PNG specification, 9.4). */
function paeth(left: number, above: number, corner: number): number {
  const a = above > corner ? above - corner : corner - above;
  const b = left > corner ? left - corner : corner - left;
  const sum = left + above - 2 * corner;
  const c = sum < 0 ? -sum : sum;
  return a <= b && a <= c ? left : b <= c ? above : corner;
}

/** Filters a row by type into `out`, and says how large its bytes are, taken as signed: less packs better. */
export function applyFilter(filter: number, row: Uint8Array, above: Uint8Array, size: number, out: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < row.length; i++) {
    const left = i >= size ? row[i - size]! : 0;
    const up = above[i]!;
    const predicted =
      filter === 1 ? left : filter === 2 ? up : filter === 3 ? (left + up) >> 1 : paeth(left, up, i >= size ? above[i - size]! : 0);
    const value = (row[i]! - predicted) & 0xff;
    out[i] = value;
    sum += value < 128 ? value : 256 - value;
  }
  return sum;
}
