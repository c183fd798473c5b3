import { imaginary, real, VECTOR_BYTES, write } from './complex';

/** target = a·b where sign is 1, a·conj(b) where it is -1. */
export function multiply(a: usize, b: usize, target: usize, bytes: usize, sign: f32): void {
  const factor = f32x4.splat(sign);
  for (let at: usize = 0; at < bytes; at += VECTOR_BYTES) {
    const ar = real(a + at), ai = imaginary(a + at);
    const br = real(b + at), bi = f32x4.mul(factor, imaginary(b + at));
    write(target + at, f32x4.sub(f32x4.mul(ar, br), f32x4.mul(ai, bi)), f32x4.add(f32x4.mul(ar, bi), f32x4.mul(ai, br)));
  }
}

/** target += scale·a·b where sign is 1, scale·a·conj(b) where it is -1. */
export function addProduct(a: usize, b: usize, target: usize, bytes: usize, sign: f32, scale: f32): void {
  const factor = f32x4.splat(sign);
  const weight = f32x4.splat(scale);
  for (let at: usize = 0; at < bytes; at += VECTOR_BYTES) {
    const ar = f32x4.mul(weight, real(a + at)), ai = f32x4.mul(weight, imaginary(a + at));
    const br = real(b + at), bi = f32x4.mul(factor, imaginary(b + at));
    write(
      target + at,
      f32x4.add(real(target + at), f32x4.sub(f32x4.mul(ar, br), f32x4.mul(ai, bi))),
      f32x4.add(imaginary(target + at), f32x4.add(f32x4.mul(ar, bi), f32x4.mul(ai, br))),
    );
  }
}

/** target = x·a + y·b */
export function combine(a: usize, x: f32, b: usize, y: f32, target: usize, bytes: usize): void {
  const first = f32x4.splat(x);
  const second = f32x4.splat(y);
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(target + at, f32x4.add(f32x4.mul(first, v128.load(a + at)), f32x4.mul(second, v128.load(b + at))));
  }
}

/** Every number of target becomes re + i·im. */
export function fill(target: usize, bytes: usize, re: f32, im: f32): void {
  const reals = f32x4.splat(re);
  const imaginaries = f32x4.splat(im);
  for (let at: usize = 0; at < bytes; at += VECTOR_BYTES) write(target + at, reals, imaginaries);
}

/** target = a / (real part of b + offset) */
export function divideByReal(a: usize, b: usize, target: usize, bytes: usize, offset: f32): void {
  const plus = f32x4.splat(offset);
  for (let at: usize = 0; at < bytes; at += VECTOR_BYTES) {
    const divisor = f32x4.add(plus, real(b + at));
    write(target + at, f32x4.div(real(a + at), divisor), f32x4.div(imaginary(a + at), divisor));
  }
}

/** target = a·conj(k) / (|k|² + noise + weight·real part of prior) */
export function wiener(a: usize, k: usize, prior: usize, target: usize, bytes: usize, noise: f32, weight: f32): void {
  const plus = f32x4.splat(noise);
  const factor = f32x4.splat(weight);
  for (let at: usize = 0; at < bytes; at += VECTOR_BYTES) {
    const ar = real(a + at), ai = imaginary(a + at);
    const kr = real(k + at), ki = imaginary(k + at);
    const power = f32x4.add(f32x4.mul(kr, kr), f32x4.mul(ki, ki));
    const divisor = f32x4.add(power, f32x4.add(plus, f32x4.mul(factor, real(prior + at))));
    write(
      target + at,
      f32x4.div(f32x4.add(f32x4.mul(ar, kr), f32x4.mul(ai, ki)), divisor),
      f32x4.div(f32x4.sub(f32x4.mul(ai, kr), f32x4.mul(ar, ki)), divisor),
    );
  }
}

/** target = a·b for real numbers */
export function multiplyReal(a: usize, b: usize, target: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) v128.store(target + at, f32x4.mul(v128.load(a + at), v128.load(b + at)));
}

/** target = a / max(b, floor) for real numbers */
export function divideReal(a: usize, b: usize, target: usize, bytes: usize, floor: f32): void {
  const least = f32x4.splat(floor);
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(target + at, f32x4.div(v128.load(a + at), f32x4.max(v128.load(b + at), least)));
  }
}
