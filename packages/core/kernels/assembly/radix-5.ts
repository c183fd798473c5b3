import { imaginary, real, VECTOR_BYTES, write, writeProduct } from './complex';

/** a + x·b + y·c */
// @ts-ignore: decorator
@inline
function sum(a: v128, x: v128, b: v128, y: v128, c: v128): v128 {
  return f32x4.add(a, f32x4.add(f32x4.mul(x, b), f32x4.mul(y, c)));
}

/** One Stockham pass of radix 5; `groups`, `stride` and `twiddles` as in `transform`. */
export function radix5(source: usize, target: usize, twiddles: usize, groups: usize, stride: usize): void {
  const cosine1 = f32x4.splat(0.30901699437494745), cosine2 = f32x4.splat(-0.8090169943749475);
  const sine1 = f32x4.splat(0.9510565162951535), sine2 = f32x4.splat(0.5877852522924731);
  const one = f32x4.splat(1), zero = f32x4.splat(0);
  const row = stride * VECTOR_BYTES;
  const leg = row * groups;
  let from = source;
  let to = target;
  for (let p: usize = 0; p < groups; p++) {
    let w1r = one, w1i = zero, w2r = one, w2i = zero, w3r = one, w3i = zero, w4r = one, w4i = zero;
    if (p > 0) {
      w1r = v128.load32_splat(twiddles, 0), w1i = v128.load32_splat(twiddles, 4);
      w2r = v128.load32_splat(twiddles, 8), w2i = v128.load32_splat(twiddles, 12);
      w3r = v128.load32_splat(twiddles, 16), w3i = v128.load32_splat(twiddles, 20);
      w4r = v128.load32_splat(twiddles, 24), w4i = v128.load32_splat(twiddles, 28);
      twiddles += 32;
    }
    for (const end = from + row; from < end; from += VECTOR_BYTES, to += VECTOR_BYTES) {
      const ar = real(from), ai = imaginary(from);
      const br = real(from + leg), bi = imaginary(from + leg);
      const cr = real(from + 2 * leg), ci = imaginary(from + 2 * leg);
      const dr = real(from + 3 * leg), di = imaginary(from + 3 * leg);
      const er = real(from + 4 * leg), ei = imaginary(from + 4 * leg);
      const s1r = f32x4.add(br, er), s1i = f32x4.add(bi, ei), d1r = f32x4.sub(br, er), d1i = f32x4.sub(bi, ei);
      const s2r = f32x4.add(cr, dr), s2i = f32x4.add(ci, di), d2r = f32x4.sub(cr, dr), d2i = f32x4.sub(ci, di);
      write(to, f32x4.add(ar, f32x4.add(s1r, s2r)), f32x4.add(ai, f32x4.add(s1i, s2i)));
      const m1r = sum(ar, cosine1, s1r, cosine2, s2r), m1i = sum(ai, cosine1, s1i, cosine2, s2i);
      const n1r = f32x4.add(f32x4.mul(sine1, d1r), f32x4.mul(sine2, d2r));
      const n1i = f32x4.add(f32x4.mul(sine1, d1i), f32x4.mul(sine2, d2i));
      writeProduct(to + row, f32x4.add(m1r, n1i), f32x4.sub(m1i, n1r), w1r, w1i);
      writeProduct(to + 4 * row, f32x4.sub(m1r, n1i), f32x4.add(m1i, n1r), w4r, w4i);
      const m2r = sum(ar, cosine2, s1r, cosine1, s2r), m2i = sum(ai, cosine2, s1i, cosine1, s2i);
      const n2r = f32x4.sub(f32x4.mul(sine2, d1r), f32x4.mul(sine1, d2r));
      const n2i = f32x4.sub(f32x4.mul(sine2, d1i), f32x4.mul(sine1, d2i));
      writeProduct(to + 2 * row, f32x4.add(m2r, n2i), f32x4.sub(m2i, n2r), w2r, w2i);
      writeProduct(to + 3 * row, f32x4.sub(m2r, n2i), f32x4.add(m2i, n2r), w3r, w3i);
    }
    to += 4 * row;
  }
}
