const cosine1 = Math.cos((2 * Math.PI) / 5);
const cosine2 = Math.cos((4 * Math.PI) / 5);
const sine1 = Math.sin((2 * Math.PI) / 5);
const sine2 = Math.sin((4 * Math.PI) / 5);

/** One Stockham pass of radix 5; parameters as in `radix2`. */
export function radix5(
  source: Float32Array, from: number, target: Float32Array, to: number, twiddles: Float32Array, groups: number, stride: number,
): void {
  const row = stride * 8;
  const leg = row * groups;
  const write = (o: number, re: number, im: number, t: number): void => {
    const wr = t < 0 ? 1 : twiddles[t]!, wi = t < 0 ? 0 : twiddles[t + 1]!;
    target[o] = re * wr - im * wi;
    target[o + 4] = re * wi + im * wr;
  };
  for (let p = 0; p < groups; p++, from += row, to += 5 * row) {
    const t = 8 * p - 8;
    for (let q = 0; q < row; q += 8) {
      for (let i = from + q, o = to + q; i < from + q + 4; i++, o++) {
        const ar = source[i]!, ai = source[i + 4]!;
        const br = source[i + leg]!, bi = source[i + leg + 4]!;
        const cr = source[i + 2 * leg]!, ci = source[i + 2 * leg + 4]!;
        const dr = source[i + 3 * leg]!, di = source[i + 3 * leg + 4]!;
        const er = source[i + 4 * leg]!, ei = source[i + 4 * leg + 4]!;
        const s1r = br + er, s1i = bi + ei, d1r = br - er, d1i = bi - ei;
        const s2r = cr + dr, s2i = ci + di, d2r = cr - dr, d2i = ci - di;
        const m1r = ar + cosine1 * s1r + cosine2 * s2r, m1i = ai + cosine1 * s1i + cosine2 * s2i;
        const m2r = ar + cosine2 * s1r + cosine1 * s2r, m2i = ai + cosine2 * s1i + cosine1 * s2i;
        const n1r = sine1 * d1r + sine2 * d2r, n1i = sine1 * d1i + sine2 * d2i;
        const n2r = sine2 * d1r - sine1 * d2r, n2i = sine2 * d1i - sine1 * d2i;
        target[o] = ar + s1r + s2r;
        target[o + 4] = ai + s1i + s2i;
        write(o + row, m1r + n1i, m1i - n1r, t);
        write(o + 2 * row, m2r + n2i, m2i - n2r, t + 2 * Math.sign(p));
        write(o + 3 * row, m2r - n2i, m2i + n2r, t + 4 * Math.sign(p));
        write(o + 4 * row, m1r - n1i, m1i + n1r, t + 6 * Math.sign(p));
      }
    }
  }
}
