import { imaginary, real, VECTOR_BYTES, write, writeProduct } from './complex';

/** One Stockham pass of radix 3; `groups`, `stride` and `twiddles` as in `transform`. */
export function radix3(source: usize, target: usize, twiddles: usize, groups: usize, stride: usize): void {
  const half = f32x4.splat(0.5);
  const sine = f32x4.splat(0.8660254037844386);
  const one = f32x4.splat(1), zero = f32x4.splat(0);
  const row = stride * VECTOR_BYTES;
  const leg = row * groups;
  let from = source;
  let to = target;
  for (let p: usize = 0; p < groups; p++) {
    let w1r = one, w1i = zero, w2r = one, w2i = zero;
    if (p > 0) {
      w1r = v128.load32_splat(twiddles, 0), w1i = v128.load32_splat(twiddles, 4);
      w2r = v128.load32_splat(twiddles, 8), w2i = v128.load32_splat(twiddles, 12);
      twiddles += 16;
    }
    for (const end = from + row; from < end; from += VECTOR_BYTES, to += VECTOR_BYTES) {
      const ar = real(from), ai = imaginary(from);
      const br = real(from + leg), bi = imaginary(from + leg);
      const cr = real(from + 2 * leg), ci = imaginary(from + 2 * leg);
      const sr = f32x4.add(br, cr), si = f32x4.add(bi, ci);
      const dr = f32x4.mul(sine, f32x4.sub(br, cr)), di = f32x4.mul(sine, f32x4.sub(bi, ci));
      const mr = f32x4.sub(ar, f32x4.mul(half, sr)), mi = f32x4.sub(ai, f32x4.mul(half, si));
      write(to, f32x4.add(ar, sr), f32x4.add(ai, si));
      writeProduct(to + row, f32x4.add(mr, di), f32x4.sub(mi, dr), w1r, w1i);
      writeProduct(to + 2 * row, f32x4.sub(mr, di), f32x4.add(mi, dr), w2r, w2i);
    }
    to += 2 * row;
  }
}
