const sine = Math.sqrt(3) / 2;

/** One Stockham pass of radix 3; parameters as in `radix2`. */
export function radix3(
  source: Float32Array, from: number, target: Float32Array, to: number, twiddles: Float32Array, groups: number, stride: number,
): void {
  const row = stride * 8;
  const leg = row * groups;
  for (let p = 0; p < groups; p++, from += row, to += 3 * row) {
    const t = 4 * p - 4;
    const w1r = p === 0 ? 1 : twiddles[t]!, w1i = p === 0 ? 0 : twiddles[t + 1]!;
    const w2r = p === 0 ? 1 : twiddles[t + 2]!, w2i = p === 0 ? 0 : twiddles[t + 3]!;
    for (let q = 0; q < row; q += 8) {
      for (let i = from + q, o = to + q; i < from + q + 4; i++, o++) {
        const ar = source[i]!, ai = source[i + 4]!;
        const br = source[i + leg]!, bi = source[i + leg + 4]!;
        const cr = source[i + 2 * leg]!, ci = source[i + 2 * leg + 4]!;
        const sr = br + cr, si = bi + ci;
        const dr = sine * (br - cr), di = sine * (bi - ci);
        const mr = ar - sr / 2, mi = ai - si / 2;
        const y1r = mr + di, y1i = mi - dr, y2r = mr - di, y2i = mi + dr;
        target[o] = ar + sr;
        target[o + 4] = ai + si;
        target[o + row] = y1r * w1r - y1i * w1i;
        target[o + row + 4] = y1r * w1i + y1i * w1r;
        target[o + 2 * row] = y2r * w2r - y2i * w2i;
        target[o + 2 * row + 4] = y2r * w2i + y2i * w2r;
      }
    }
  }
}
