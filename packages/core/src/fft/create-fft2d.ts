import { DisposedError } from '../errors/disposed-error.ts';
import { InvalidArgumentError } from '../errors/invalid-argument-error.ts';
import { UnsupportedError } from '../errors/unsupported-error.ts';
import type { Fft2d, Plane, Spectrum } from './fft2d.ts';
import { PlaneHandle, SpectrumHandle } from './handles.ts';
import { planPasses } from './passes.ts';
import type { FloatBlock, TotalVariationDamping, TransformEngine } from './transform-engine.ts';
import { createTypescriptEngine } from './typescript-engine.ts';
import { createWasmEngine } from './wasm-engine.ts';

/** Size and kind of a plan. */
export interface Fft2dOptions {
  /** Pixels per row: ≥ 1, with prime factors 2, 3 and 5 only; see `goodSize`. */
  readonly width: number;
  /** Rows; like `width`. */
  readonly height: number;
  /** `auto` takes WebAssembly with SIMD where it runs, else TypeScript. Default `auto`. */
  readonly implementation?: 'auto' | 'wasm' | 'typescript';
}

async function createEngine({ width, height, implementation = 'auto' }: Fft2dOptions): Promise<TransformEngine> {
  for (const [name, length] of [['width', width], ['height', height]] as const) {
    if (!Number.isInteger(length) || length < 1) {
      throw new InvalidArgumentError(`The ${name} of a Fourier transform must be a whole number ≥ 1, not ${length}.`);
    }
    planPasses(length);
  }
  if (implementation !== 'typescript') {
    try {
      return (await createWasmEngine(width, height)) as TransformEngine;
    } catch (error) {
      if (implementation === 'wasm' || !UnsupportedError.isInstance(error)) throw error;
    }
  }
  return createTypescriptEngine(width, height);
}

/** Reaches the blocks behind handles, for one plan only. */
function createAccess(engine: TransformEngine): { block(handle: Plane | Spectrum): FloatBlock; close(): void } {
  let closed = false;
  return {
    block(handle) {
      if (closed) throw new DisposedError('This Fourier plan was disposed; create a new one.');
      if ((handle instanceof PlaneHandle || handle instanceof SpectrumHandle) && handle.engine === engine) return handle.block;
      throw new InvalidArgumentError('This plane or spectrum belongs to another plan; create it with the plan that uses it.');
    },
    close() {
      closed = true;
    },
  };
}

/**
 * Plans Fourier transforms of real planes of one size. Everything the plan makes lives until `dispose` of it or of the plan.
 *
 * Mixed radix 4, 2, 3, 5 (Stockham, four sequences in the lanes of a vector); pairs of real rows make one complex sequence.
 *
 * @example
 * const fft = await createFft2d({ width: goodSize(1000), height: goodSize(700) });
 * const spectrum = fft.forward(pixels);
 * const back = fft.inverse(spectrum).data;
 * fft.dispose();
 * @throws InvalidArgumentError for lengths with other prime factors; UnsupportedError for `wasm` where that cannot run;
 *   OutOfMemoryError
 */
export async function createFft2d(options: Fft2dOptions): Promise<Fft2d> {
  const engine = await createEngine(options);
  const { width, height } = engine.layout;
  const access = createAccess(engine);
  const { block } = access;
  let work: SpectrumHandle | undefined;
  let staging: PlaneHandle | undefined;

  const workSpace = (): FloatBlock => (work ??= new SpectrumHandle(engine)).block;
  const sign = (conjugate = false): 1 | -1 => (conjugate ? -1 : 1);

  function fillPlane(plane: PlaneHandle, values: ArrayLike<number>): PlaneHandle {
    if (values.length !== width * height) {
      throw new InvalidArgumentError(`A plane of ${width}×${height} has ${width * height} values, not ${values.length}.`);
    }
    plane.data.set(values);
    return plane;
  }

  function toPlane(source: Plane | ArrayLike<number>): Plane {
    if ('data' in source) return source;
    return fillPlane((staging ??= new PlaneHandle(engine)), source);
  }

  const fft: Fft2d = {
    width,
    height,
    implementation: engine.implementation,
    createPlane(values) {
      const plane = new PlaneHandle(engine);
      if (values) return fillPlane(plane, values);
      plane.data.fill(0);
      return plane;
    },
    createSpectrum() {
      const spectrum = new SpectrumHandle(engine);
      spectrum.block.data.fill(0);
      return spectrum;
    },
    forward(source, target = new SpectrumHandle(engine)) {
      const plane = toPlane(source);
      engine.forwardRows(block(plane), block(target));
      engine.forwardColumns(block(target), block(target));
      return target;
    },
    inverse(source, target = new PlaneHandle(engine), { overwrite = false } = {}) {
      const columns = overwrite ? block(source) : workSpace();
      engine.forwardColumns(block(source), columns);
      engine.inverseRows(columns, block(target));
      return target;
    },
    filter(source, transfer, target, { conjugate } = {}) {
      const spectrum = workSpace();
      engine.forwardRows(block(source), spectrum);
      engine.filterColumns(spectrum, block(transfer), sign(conjugate));
      engine.inverseRows(spectrum, block(target));
    },
    multiply: (a, b, target, { conjugate } = {}) => engine.multiply(block(a), block(b), block(target), sign(conjugate)),
    addProduct: (a, b, target, { conjugate, scale = 1 } = {}) =>
      engine.addProduct(block(a), block(b), block(target), sign(conjugate), scale),
    combine(a, x, b, y, target) {
      if (block(a).data.length !== block(b).data.length || block(a).data.length !== block(target).data.length) {
        throw new InvalidArgumentError('combine takes three planes or three spectra, not a mixture.');
      }
      engine.combine(block(a), x, block(b), y, block(target));
    },
    fill: (target, real, imaginary = 0) => engine.fill(block(target), real, imaginary),
    divideByReal: (a, b, target, offset = 0) => engine.divideByReal(block(a), block(b), block(target), offset),
    wiener: (a, transfer, target, { noise, prior, weight = 1 }) =>
      engine.wiener(block(a), block(transfer), block(prior ?? transfer), block(target), noise, prior ? weight : 0),
    multiplyPlanes: (a, b, target) => engine.multiplyReal(block(a), block(b), block(target)),
    dividePlanes: (a, b, target, floor) => engine.divideReal(block(a), block(b), block(target), floor),
    ...(engine.shrinkGradients && {
      shrinkGradients: (planes: readonly Plane[], threshold: number) => engine.shrinkGradients!(planes.map(block), threshold),
    }),
    ...(engine.dampByTotalVariation && {
      dampByTotalVariation: (plane: Plane, factors: Plane, damping: TotalVariationDamping) =>
        engine.dampByTotalVariation!(block(plane), block(factors), damping),
    }),
    dispose() {
      access.close();
    },
  };
  return fft;
}
