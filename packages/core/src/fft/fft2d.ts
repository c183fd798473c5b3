import type { TotalVariationDamping } from './transform-engine.ts';

/** A real picture plane of one plan. */
export interface Plane {
  /** Pixels per row. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
  /**
   * The `height × width` values, row after row, for reading and writing. A live view that costs nothing to get; get it again after
   * anything of the same plan was created, since growing memory empties older views.
   */
  readonly data: Float32Array;
  /** Gives the memory back to the plan; the plane cannot be used afterwards. */
  dispose(): void;
}

/** The half spectrum of a real plane of one plan, kept in the layout that is fastest for the plan. */
export interface Spectrum {
  /** Frequencies of x: ⌊width / 2⌋ + 1. */
  readonly width: number;
  /** Frequencies of y, in the order of the transform: 0, 1, …, -1. */
  readonly height: number;
  /** A copy as `height × width × 2`: real and imaginary part of each frequency. */
  toArray(): Float32Array;
  /** Replaces all values by those of an array as `toArray` gives. @throws InvalidArgumentError if its length differs */
  load(values: ArrayLike<number>): void;
  /** Gives the memory back to the plan; the spectrum cannot be used afterwards. */
  dispose(): void;
}

/** Options of `Fft2d.inverse`. */
export interface InverseOptions {
  /** Allow the source spectrum to be destroyed, which saves memory of the size of a spectrum. Default false. */
  readonly overwrite?: boolean;
}

/** Whether to use a factor or its complex conjugate. */
export interface ConjugateOptions {
  /** Conjugate the second factor. For a transfer function this means correlation instead of convolution. Default false. */
  readonly conjugate?: boolean;
}

/** Options of `Fft2d.addProduct`. */
export interface AddProductOptions extends ConjugateOptions {
  /** Real factor of the product. Default 1. */
  readonly scale?: number;
}

/** Terms of the divisor in `Fft2d.wiener`. */
export interface WienerOptions {
  /** Constant term: noise power over signal power. */
  readonly noise: number;
  /** Spectrum whose real part is a further term, for example the power of a derivative filter. */
  readonly prior?: Spectrum;
  /** Factor of `prior`. Default 1. */
  readonly weight?: number;
}

/**
 * Fourier transforms of real planes of one size and arithmetic on their half spectra, in 32-bit floats.
 * All planes and spectra lie in memory of the plan, so that nothing is copied between steps. Those of another plan are refused.
 * In every operation `target` may be one of the operands.
 */
export interface Fft2d {
  readonly width: number;
  readonly height: number;
  /** What runs: WebAssembly with SIMD, or TypeScript. Results agree within 1e-5 of the largest value. */
  readonly implementation: 'wasm' | 'typescript';
  /** A new plane, with these values or zero. @throws OutOfMemoryError, InvalidArgumentError if the length differs */
  createPlane(values?: ArrayLike<number>): Plane;
  /** A new spectrum of zeros. @throws OutOfMemoryError */
  createSpectrum(): Spectrum;
  /**
   * Transform of a plane or of `height × width` values: X[v,u] = Σ x[y,x]·exp(-2πi(ux/width + vy/height)), without a factor.
   *
   * @param target default: a new spectrum
   */
  forward(source: Plane | ArrayLike<number>, target?: Spectrum): Spectrum;
  /**
   * Inverse transform, divided by width × height. Imaginary parts that the spectrum of a real plane does not have are ignored.
   *
   * @param target default: a new plane
   */
  inverse(source: Spectrum, target?: Plane, options?: InverseOptions): Plane;
  /**
   * Circular convolution (or correlation) of a plane with the filter of this transfer function; faster than `forward`, `multiply`
   * and `inverse`, since the spectrum is never written out.
   *
   * @param target may be `source`
   */
  filter(source: Plane, transfer: Spectrum, target: Plane, options?: ConjugateOptions): void;
  /** target = a·b, or a·conj(b). */
  multiply(a: Spectrum, b: Spectrum, target: Spectrum, options?: ConjugateOptions): void;
  /** target = target + scale·a·b, or scale·a·conj(b). With a = b and `conjugate` it adds the power of a. */
  addProduct(a: Spectrum, b: Spectrum, target: Spectrum, options?: AddProductOptions): void;
  /** target = x·a + y·b, for three spectra or three planes. */
  combine<Operand extends Spectrum | Plane>(a: Operand, x: number, b: Operand, y: number, target: Operand): void;
  /** Every value of target becomes real + i·imaginary. Default of `imaginary` 0. */
  fill(target: Spectrum, real: number, imaginary?: number): void;
  /** target = a / (Re b + offset). Where the divisor is 0 the result is not finite: give an offset. Default of `offset` 0. */
  divideByReal(a: Spectrum, b: Spectrum, target: Spectrum, offset?: number): void;
  /** target = a·conj(k) / (|k|² + noise + weight·Re prior), the Wiener filter of transfer function k. */
  wiener(a: Spectrum, transfer: Spectrum, target: Spectrum, options: WienerOptions): void;
  /** target = a·b, value by value. */
  multiplyPlanes(a: Plane, b: Plane, target: Plane): void;
  /** target = a / max(b, floor), value by value. */
  dividePlanes(a: Plane, b: Plane, target: Plane, floor: number): void;
  /**
   * Replaces planes x, in place, by Dᵀ·s(D·x): forward differences on the torus, soft thresholding by the root mean square over the
   * planes of the gradient lengths, and the transposed differences. Only where WebAssembly runs.
   */
  shrinkGradients?(planes: readonly Plane[], threshold: number): void;
  /** Divides factors by 1 − weight·div(∇x/|∇x|) for a plane x, in place. Only where WebAssembly runs. */
  dampByTotalVariation?(plane: Plane, factors: Plane, damping: TotalVariationDamping): void;
  /** Frees all memory; the plan, its planes and its spectra cannot be used afterwards. */
  dispose(): void;
}
