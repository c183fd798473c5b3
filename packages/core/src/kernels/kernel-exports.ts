/** What the WebAssembly module of packages/core/kernels exports. Addresses and sizes are in bytes; booleans do not occur. */
export interface KernelExports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  /** First byte of memory that the caller may use. */
  freeMemoryStart(): number;
  forwardRows(
    plane: number, width: number, height: number, spectrum: number, blockBytes: number, plan: number, sequence: number, spare: number,
    columns: number,
  ): void;
  inverseRows(
    spectrum: number, blockBytes: number, plane: number, width: number, height: number, plan: number, sequence: number, spare: number,
    columns: number, scale: number,
  ): void;
  forwardColumns(source: number, target: number, blocks: number, blockBytes: number, plan: number, spare: number): void;
  filterColumns(
    spectrum: number, filter: number, blocks: number, blockBytes: number, height: number, plan: number, sequence: number, spare: number,
    sign: number,
  ): void;
  multiply(a: number, b: number, target: number, bytes: number, sign: number): void;
  addProduct(a: number, b: number, target: number, bytes: number, sign: number, scale: number): void;
  combine(a: number, x: number, b: number, y: number, target: number, bytes: number): void;
  fill(target: number, bytes: number, real: number, imaginary: number): void;
  divideByReal(a: number, b: number, target: number, bytes: number, offset: number): void;
  wiener(a: number, kernel: number, prior: number, target: number, bytes: number, noise: number, weight: number): void;
  multiplyReal(a: number, b: number, target: number, bytes: number): void;
  divideReal(a: number, b: number, target: number, bytes: number, floor: number): void;
  shrinkGradients(planes: number, count: number, width: number, height: number, threshold: number, work: number): void;
  dampByTotalVariation(
    picture: number, factors: number, width: number, height: number, weight: number, softening: number, least: number, work: number,
  ): void;
}
