/**
 * Four complex numbers, one in each lane, lie in 32 bytes: four real parts, then four imaginary parts.
 * All transforms work on such vectors, so that one pass computes four independent transforms.
 */

// @ts-ignore: decorator
@inline
export const VECTOR_BYTES: usize = 32;

// @ts-ignore: decorator
@inline
export function real(pointer: usize): v128 {
  return v128.load(pointer);
}

// @ts-ignore: decorator
@inline
export function imaginary(pointer: usize): v128 {
  return v128.load(pointer, 16);
}

// @ts-ignore: decorator
@inline
export function write(pointer: usize, re: v128, im: v128): void {
  v128.store(pointer, re);
  v128.store(pointer, im, 16);
}

/** Writes (re + i·im)·(wr + i·wi). */
// @ts-ignore: decorator
@inline
export function writeProduct(pointer: usize, re: v128, im: v128, wr: v128, wi: v128): void {
  v128.store(pointer, f32x4.sub(f32x4.mul(re, wr), f32x4.mul(im, wi)));
  v128.store(pointer, f32x4.add(f32x4.mul(re, wi), f32x4.mul(im, wr)), 16);
}
