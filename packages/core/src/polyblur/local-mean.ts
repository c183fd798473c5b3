/** Pixels from the middle of the window to its edge. */
export const windowRadius = 2;

/** Mean over windows of 5×5 pixels; at the edges over the part of the window that there is. */
export function localMean(values: Float32Array, width: number, height: number): Float32Array {
  const rows = new Float32Array(values.length);
  for (let y = 0; y < height; y++) averageLine(values, rows, y * width, 1, width);
  const result = new Float32Array(values.length);
  for (let x = 0; x < width; x++) averageLine(rows, result, x, width, height);
  return result;
}

function averageLine(source: Float32Array, target: Float32Array, start: number, step: number, length: number): void {
  for (let i = 0; i < length; i++) {
    const first = Math.max(0, i - windowRadius);
    const last = Math.min(length - 1, i + windowRadius);
    let sum = 0;
    for (let j = first; j <= last; j++) sum += source[start + j * step]!;
    target[start + i * step] = sum / (last - first + 1);
  }
}
