import { DisposedError } from '../errors/disposed-error.ts';
import { InvalidArgumentError } from '../errors/invalid-argument-error.ts';
import type { Plane, Spectrum } from './fft2d.ts';
import { packSpectrum, unpackSpectrum } from './spectrum-layout.ts';
import type { FloatBlock, TransformEngine } from './transform-engine.ts';

/** Part of the memory of an engine that the user holds. */
abstract class Handle {
  readonly engine: TransformEngine;
  #block: FloatBlock | undefined;

  constructor(engine: TransformEngine, block: FloatBlock) {
    this.engine = engine;
    this.#block = block;
  }

  /** @throws DisposedError after `dispose` */
  get block(): FloatBlock {
    if (!this.#block) throw new DisposedError('This plane or spectrum was disposed; create a new one.');
    return this.#block;
  }

  dispose(): void {
    if (this.#block) this.engine.release(this.#block);
    this.#block = undefined;
  }
}

/** A plane in the memory of an engine. */
export class PlaneHandle extends Handle implements Plane {
  constructor(engine: TransformEngine) {
    super(engine, engine.allocate(engine.layout.width * engine.layout.height));
  }

  get width(): number {
    return this.engine.layout.width;
  }

  get height(): number {
    return this.engine.layout.height;
  }

  get data(): Float32Array {
    return this.block.data;
  }
}

/** A spectrum in the memory of an engine. */
export class SpectrumHandle extends Handle implements Spectrum {
  constructor(engine: TransformEngine) {
    super(engine, engine.allocate(engine.layout.length));
  }

  get width(): number {
    return this.engine.layout.frequencies;
  }

  get height(): number {
    return this.engine.layout.height;
  }

  toArray(): Float32Array {
    return unpackSpectrum(this.engine.layout, this.block.data);
  }

  load(values: ArrayLike<number>): void {
    const expected = this.width * this.height * 2;
    if (values.length !== expected) {
      throw new InvalidArgumentError(`This spectrum has ${expected} values (height × width × 2), not ${values.length}.`);
    }
    packSpectrum(this.engine.layout, values, this.block.data);
  }
}
