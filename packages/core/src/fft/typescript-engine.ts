import { OutOfMemoryError } from '../errors/out-of-memory-error.ts';
import { filterColumns, forwardColumns } from './fallback/columns.ts';
import { addProduct, combine, divideByReal, divideReal, fill, multiply, multiplyReal, wiener } from './fallback/pointwise.ts';
import { forwardRows, inverseRows } from './fallback/rows.ts';
import { planPasses } from './passes.ts';
import { spectrumLayout } from './spectrum-layout.ts';
import type { FloatBlock, TransformEngine } from './transform-engine.ts';

function allocate(floats: number): FloatBlock {
  try {
    return { data: new Float32Array(floats) };
  } catch (cause) {
    throw new OutOfMemoryError(`There is no memory for ${floats * 4} bytes; use smaller pictures or tiles.`, { cause });
  }
}

/** The transforms in TypeScript, in the order of operations of the WebAssembly kernels. */
export function createTypescriptEngine(width: number, height: number): TransformEngine {
  const layout = spectrumLayout(width, height);
  const rowPlan = planPasses(width);
  const columnPlan = planPasses(height);
  const longest = Math.max(width, height) * 8;
  const work = {
    sequence: new Float32Array(longest),
    spares: [new Float32Array(longest), new Float32Array(longest)],
  } as const;
  return {
    implementation: 'typescript',
    layout,
    allocate,
    release: () => {},
    forwardRows: (plane, spectrum) => forwardRows(layout, rowPlan, plane.data, spectrum.data, work),
    forwardColumns: (source, target) => forwardColumns(layout, columnPlan, source.data, target.data, work),
    filterColumns: (spectrum, filter, sign) => filterColumns(layout, columnPlan, spectrum.data, filter.data, sign, work),
    inverseRows: (spectrum, plane) => inverseRows(layout, rowPlan, spectrum.data, plane.data, work),
    multiply: (a, b, target, sign) => multiply(a.data, b.data, target.data, sign),
    addProduct: (a, b, target, sign, scale) => addProduct(a.data, b.data, target.data, sign, scale),
    combine: (a, x, b, y, target) => combine(a.data, x, b.data, y, target.data),
    fill: (target, real, imaginary) => fill(target.data, real, imaginary),
    divideByReal: (a, b, target, offset) => divideByReal(a.data, b.data, target.data, offset),
    wiener: (a, kernel, prior, target, noise, weight) =>
      wiener(a.data, kernel.data, prior.data, target.data, noise, weight),
    multiplyReal: (a, b, target) => multiplyReal(a.data, b.data, target.data),
    divideReal: (a, b, target, floor) => divideReal(a.data, b.data, target.data, floor),
  };
}
