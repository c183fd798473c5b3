import type { PlaneSize } from '../../deconvolution/plane-size.ts';

/** One plane of grey values. */
export interface GreyPlane extends PlaneSize {
  /** `height × width` values, row after row. */
  readonly values: Float32Array;
}

/** Weights of the source samples in each sample of a shorter line: cubic (Catmull–Rom), stretched to the coarser grid. */
function lineWeights(length: number, reduced: number): { first: Int32Array; weights: Float32Array[] } {
  const step = length / reduced;
  const first = new Int32Array(reduced);
  const weights = Array.from({ length: reduced }, (_, i) => {
    const position = (i + 0.5) * step - 0.5;
    first[i] = Math.ceil(position - 2 * step);
    const last = Math.floor(position + 2 * step);
    const line = Float32Array.from({ length: last - first[i]! + 1 }, (__, j) => {
      const distance = Math.abs(first[i]! + j - position) / step;
      if (distance >= 2) return 0;
      return distance < 1 ? (1.5 * distance - 2.5) * distance ** 2 + 1 : ((-0.5 * distance + 2.5) * distance - 4) * distance + 2;
    });
    const sum = line.reduce((total, weight) => total + weight, 0);
    return line.map((weight) => weight / sum);
  });
  return { first, weights };
}

/** A plane at a smaller size without aliasing; edges are repeated. The same size gives the plane itself. */
export function reducePlane({ width, height, values }: GreyPlane, size: PlaneSize): GreyPlane {
  if (size.width === width && size.height === height) return { width, height, values };
  const columns = lineWeights(width, size.width);
  const rows = lineWeights(height, size.height);
  const narrow = new Float32Array(size.width * height);
  for (let x = 0; x < size.width; x++) {
    const line = columns.weights[x]!;
    const from = columns.first[x]!;
    for (let y = 0; y < height; y++) {
      let sum = 0;
      for (let j = 0; j < line.length; j++) sum += line[j]! * values[y * width + Math.min(width - 1, Math.max(0, from + j))]!;
      narrow[y * size.width + x] = sum;
    }
  }
  const result = new Float32Array(size.width * size.height);
  for (let y = 0; y < size.height; y++) {
    const line = rows.weights[y]!;
    for (let j = 0; j < line.length; j++) {
      const source = Math.min(height - 1, Math.max(0, rows.first[y]! + j)) * size.width;
      for (let x = 0; x < size.width; x++) result[y * size.width + x]! += line[j]! * narrow[source + x]!;
    }
  }
  return { ...size, values: result };
}
