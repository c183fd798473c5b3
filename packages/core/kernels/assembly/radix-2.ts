import { imaginary, real, VECTOR_BYTES, write, writeProduct } from './complex';

/** One Stockham pass of radix 2; `groups`, `stride` and `twiddles` as in `transform`. */
export function radix2(source: usize, target: usize, twiddles: usize, groups: usize, stride: usize): void {
  const row = stride * VECTOR_BYTES;
  const leg = row * groups;
  let from = source;
  let to = target;
  for (const end = from + row; from < end; from += VECTOR_BYTES, to += VECTOR_BYTES) {
    const ar = real(from), ai = imaginary(from);
    const br = real(from + leg), bi = imaginary(from + leg);
    write(to, f32x4.add(ar, br), f32x4.add(ai, bi));
    write(to + row, f32x4.sub(ar, br), f32x4.sub(ai, bi));
  }
  for (let p: usize = 1; p < groups; p++) {
    to += row;
    const wr = v128.load32_splat(twiddles, 0), wi = v128.load32_splat(twiddles, 4);
    twiddles += 8;
    for (const end = from + row; from < end; from += VECTOR_BYTES, to += VECTOR_BYTES) {
      const ar = real(from), ai = imaginary(from);
      const br = real(from + leg), bi = imaginary(from + leg);
      write(to, f32x4.add(ar, br), f32x4.add(ai, bi));
      writeProduct(to + row, f32x4.sub(ar, br), f32x4.sub(ai, bi), wr, wi);
    }
  }
}
