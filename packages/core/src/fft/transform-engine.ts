import type { SpectrumLayout } from './spectrum-layout.ts';

/** How strongly total variation damps: factors are divided by 1 − weight·div(∇x/√(|∇x|² + (softening·(x + leastValue))²)). */
export interface TotalVariationDamping {
  readonly weight: number;
  readonly softening: number;
  readonly leastValue: number;
}

/** A run of floats that an engine works on. */
export interface FloatBlock {
  /** Current view; read it again after every allocation. */
  readonly data: Float32Array;
}

/** The arithmetic behind a plan, once in WebAssembly and once in TypeScript. Blocks must come from the same engine. */
export interface TransformEngine<Block extends FloatBlock = FloatBlock> {
  readonly implementation: 'wasm' | 'typescript';
  readonly layout: SpectrumLayout;
  allocate(floats: number): Block;
  release(block: Block): void;
  /** Transforms the rows of a plane into a spectrum. */
  forwardRows(plane: Block, spectrum: Block): void;
  /** Transforms the columns of a spectrum; `target` may be `source`. */
  forwardColumns(source: Block, target: Block): void;
  /** Transforms columns, multiplies by the filter (by its conjugate where sign is -1) and transforms again, in place. */
  filterColumns(spectrum: Block, filter: Block, sign: 1 | -1): void;
  /** Back to the plane from a spectrum whose columns were transformed forward twice; divides by width × height. */
  inverseRows(spectrum: Block, plane: Block): void;
  multiply(a: Block, b: Block, target: Block, sign: 1 | -1): void;
  addProduct(a: Block, b: Block, target: Block, sign: 1 | -1, scale: number): void;
  /** target = x·a + y·b, on planes or on spectra. */
  combine(a: Block, x: number, b: Block, y: number, target: Block): void;
  fill(target: Block, real: number, imaginary: number): void;
  divideByReal(a: Block, b: Block, target: Block, offset: number): void;
  wiener(a: Block, kernel: Block, prior: Block, target: Block, noise: number, weight: number): void;
  multiplyReal(a: Block, b: Block, target: Block): void;
  divideReal(a: Block, b: Block, target: Block, floor: number): void;
  /** Only in WebAssembly. */
  shrinkGradients?(planes: readonly Block[], threshold: number): void;
  /** Only in WebAssembly. */
  dampByTotalVariation?(picture: Block, factors: Block, damping: TotalVariationDamping): void;
}
