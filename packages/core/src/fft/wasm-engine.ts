import { createKernelMemory, instantiateKernels } from '../kernels/index.ts';
import type { KernelBlock, KernelMemory } from '../kernels/index.ts';
import { planPasses } from './passes.ts';
import { spectrumLayout } from './spectrum-layout.ts';
import type { TransformEngine } from './transform-engine.ts';

/** Writes the plan of a transform of `length` into the memory of the kernels; returns its address (see transform.ts there). */
function writePlan(memory: KernelMemory, length: number): number {
  const passes = planPasses(length);
  const addresses = passes.map(({ twiddles }) => {
    const block = memory.allocate(Math.max(1, twiddles.length));
    block.data.set(twiddles);
    return block.address;
  });
  const words = [length, passes.length, ...passes.flatMap(({ radix, groups }, i) => [radix, groups, addresses[i]!])];
  const block = memory.allocate(words.length);
  new Uint32Array(block.data.buffer, block.address, words.length).set(words);
  return block.address;
}

/** The transforms in WebAssembly. @throws UnsupportedError where that cannot run */
export async function createWasmEngine(width: number, height: number): Promise<TransformEngine<KernelBlock>> {
  const layout = spectrumLayout(width, height);
  const kernels = await instantiateKernels();
  const memory = createKernelMemory(kernels);
  const rowPlan = writePlan(memory, width);
  const columnPlan = width === height ? rowPlan : writePlan(memory, height);
  const longest = Math.max(width, height) * 8;
  const sequence = memory.allocate(longest).address;
  const spare = memory.allocate(2 * longest).address;
  const columns = memory.allocate(64).address;
  const { blocks } = layout;
  /** Room for a few rows, kept for the next call if it is enough. */
  let rows: KernelBlock | undefined;
  const workRows = (count: number): number => {
    const floats = count * (width + 8);
    if (!rows || rows.data.length < floats) {
      if (rows) memory.release(rows);
      rows = memory.allocate(floats);
    }
    return rows.address;
  };
  const blockBytes = layout.blockLength * 4;
  const bytes = layout.length * 4;
  return {
    implementation: 'wasm',
    layout,
    allocate: (floats) => memory.allocate(floats),
    release: (block) => memory.release(block),
    forwardRows: (plane, spectrum) =>
      kernels.forwardRows(plane.address, width, height, spectrum.address, blockBytes, rowPlan, sequence, spare, columns),
    forwardColumns: (source, target) =>
      kernels.forwardColumns(source.address, target.address, blocks, blockBytes, columnPlan, spare),
    filterColumns: (spectrum, filter, sign) =>
      kernels.filterColumns(spectrum.address, filter.address, blocks, blockBytes, height, columnPlan, sequence, spare, sign),
    inverseRows: (spectrum, plane) =>
      kernels.inverseRows(
        spectrum.address, blockBytes, plane.address, width, height, rowPlan, sequence, spare, columns, 1 / (width * height),
      ),
    multiply: (a, b, target, sign) => kernels.multiply(a.address, b.address, target.address, bytes, sign),
    addProduct: (a, b, target, sign, scale) => kernels.addProduct(a.address, b.address, target.address, bytes, sign, scale),
    combine: (a, x, b, y, target) => kernels.combine(a.address, x, b.address, y, target.address, target.data.byteLength),
    fill: (target, real, imaginary) => kernels.fill(target.address, bytes, real, imaginary),
    divideByReal: (a, b, target, offset) => kernels.divideByReal(a.address, b.address, target.address, bytes, offset),
    wiener: (a, kernel, prior, target, noise, weight) =>
      kernels.wiener(a.address, kernel.address, prior.address, target.address, bytes, noise, weight),
    multiplyReal: (a, b, target) => kernels.multiplyReal(a.address, b.address, target.address, target.data.byteLength),
    divideReal: (a, b, target, floor) => kernels.divideReal(a.address, b.address, target.address, target.data.byteLength, floor),
    shrinkGradients(planes, threshold) {
      const work = workRows(4 * planes.length + 1);
      const table = memory.allocate(planes.length);
      new Uint32Array(table.data.buffer, table.address, planes.length).set(planes.map(({ address }) => address));
      kernels.shrinkGradients(table.address, planes.length, width, height, threshold, work);
      memory.release(table);
    },
    dampByTotalVariation: (picture, factors, { weight, softening, leastValue }) =>
      kernels.dampByTotalVariation(picture.address, factors.address, width, height, weight, softening, leastValue, workRows(3)),
  };
}
