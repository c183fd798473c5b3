export { createFft2d } from './create-fft2d.ts';
export type { Fft2dOptions } from './create-fft2d.ts';
export type { AddProductOptions, ConjugateOptions, Fft2d, InverseOptions, Plane, Spectrum, WienerOptions } from './fft2d.ts';
export { goodSize } from './good-size.ts';
