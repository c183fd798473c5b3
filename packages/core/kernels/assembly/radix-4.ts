import { imaginary, real, VECTOR_BYTES, write, writeProduct } from './complex';

/** One Stockham pass of radix 4; `groups`, `stride` and `twiddles` as in `transform`. */
export function radix4(source: usize, target: usize, twiddles: usize, groups: usize, stride: usize): void {
  const row = stride * VECTOR_BYTES;
  const leg = row * groups;
  let from = source;
  let to = target;
  for (const end = from + row; from < end; from += VECTOR_BYTES, to += VECTOR_BYTES) {
    const ar = real(from), ai = imaginary(from);
    const br = real(from + leg), bi = imaginary(from + leg);
    const cr = real(from + 2 * leg), ci = imaginary(from + 2 * leg);
    const dr = real(from + 3 * leg), di = imaginary(from + 3 * leg);
    const pr = f32x4.add(ar, cr), pi = f32x4.add(ai, ci);
    const mr = f32x4.sub(ar, cr), mi = f32x4.sub(ai, ci);
    const qr = f32x4.add(br, dr), qi = f32x4.add(bi, di);
    const nr = f32x4.sub(br, dr), ni = f32x4.sub(bi, di);
    write(to, f32x4.add(pr, qr), f32x4.add(pi, qi));
    write(to + row, f32x4.add(mr, ni), f32x4.sub(mi, nr));
    write(to + 2 * row, f32x4.sub(pr, qr), f32x4.sub(pi, qi));
    write(to + 3 * row, f32x4.sub(mr, ni), f32x4.add(mi, nr));
  }
  for (let p: usize = 1; p < groups; p++) {
    to += 3 * row;
    const w1r = v128.load32_splat(twiddles, 0), w1i = v128.load32_splat(twiddles, 4);
    const w2r = v128.load32_splat(twiddles, 8), w2i = v128.load32_splat(twiddles, 12);
    const w3r = v128.load32_splat(twiddles, 16), w3i = v128.load32_splat(twiddles, 20);
    twiddles += 24;
    for (const end = from + row; from < end; from += VECTOR_BYTES, to += VECTOR_BYTES) {
      const ar = real(from), ai = imaginary(from);
      const br = real(from + leg), bi = imaginary(from + leg);
      const cr = real(from + 2 * leg), ci = imaginary(from + 2 * leg);
      const dr = real(from + 3 * leg), di = imaginary(from + 3 * leg);
      const pr = f32x4.add(ar, cr), pi = f32x4.add(ai, ci);
      const mr = f32x4.sub(ar, cr), mi = f32x4.sub(ai, ci);
      const qr = f32x4.add(br, dr), qi = f32x4.add(bi, di);
      const nr = f32x4.sub(br, dr), ni = f32x4.sub(bi, di);
      write(to, f32x4.add(pr, qr), f32x4.add(pi, qi));
      writeProduct(to + row, f32x4.add(mr, ni), f32x4.sub(mi, nr), w1r, w1i);
      writeProduct(to + 2 * row, f32x4.sub(pr, qr), f32x4.sub(pi, qi), w2r, w2i);
      writeProduct(to + 3 * row, f32x4.sub(mr, ni), f32x4.add(mi, nr), w3r, w3i);
    }
  }
}
