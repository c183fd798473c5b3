/** One Stockham pass of radix 4; parameters as in `radix2`. */
export function radix4(
  source: Float32Array, from: number, target: Float32Array, to: number, twiddles: Float32Array, groups: number, stride: number,
): void {
  const row = stride * 8;
  const leg = row * groups;
  for (let p = 0; p < groups; p++, from += row, to += 4 * row) {
    const t = 6 * p - 6;
    const w1r = p === 0 ? 1 : twiddles[t]!, w1i = p === 0 ? 0 : twiddles[t + 1]!;
    const w2r = p === 0 ? 1 : twiddles[t + 2]!, w2i = p === 0 ? 0 : twiddles[t + 3]!;
    const w3r = p === 0 ? 1 : twiddles[t + 4]!, w3i = p === 0 ? 0 : twiddles[t + 5]!;
    for (let q = 0; q < row; q += 8) {
      for (let i = from + q, o = to + q; i < from + q + 4; i++, o++) {
        const ar = source[i]!, ai = source[i + 4]!;
        const br = source[i + leg]!, bi = source[i + leg + 4]!;
        const cr = source[i + 2 * leg]!, ci = source[i + 2 * leg + 4]!;
        const dr = source[i + 3 * leg]!, di = source[i + 3 * leg + 4]!;
        const pr = ar + cr, pi = ai + ci, mr = ar - cr, mi = ai - ci;
        const qr = br + dr, qi = bi + di, nr = br - dr, ni = bi - di;
        const y1r = mr + ni, y1i = mi - nr, y2r = pr - qr, y2i = pi - qi, y3r = mr - ni, y3i = mi + nr;
        target[o] = pr + qr;
        target[o + 4] = pi + qi;
        target[o + row] = y1r * w1r - y1i * w1i;
        target[o + row + 4] = y1r * w1i + y1i * w1r;
        target[o + 2 * row] = y2r * w2r - y2i * w2i;
        target[o + 2 * row + 4] = y2r * w2i + y2i * w2r;
        target[o + 3 * row] = y3r * w3r - y3i * w3i;
        target[o + 3 * row + 4] = y3r * w3i + y3i * w3r;
      }
    }
  }
}
