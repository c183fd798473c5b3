/**
 * One Stockham pass of radix 2 over vectors of four lanes (8 floats: real, then imaginary parts).
 *
 * @param from index of the first vector in `source`; `to` likewise in `target`
 */
export function radix2(
  source: Float32Array, from: number, target: Float32Array, to: number, twiddles: Float32Array, groups: number, stride: number,
): void {
  const row = stride * 8;
  const leg = row * groups;
  for (let p = 0; p < groups; p++, from += row, to += 2 * row) {
    const wr = p === 0 ? 1 : twiddles[2 * p - 2]!;
    const wi = p === 0 ? 0 : twiddles[2 * p - 1]!;
    for (let q = 0; q < row; q += 8) {
      for (let i = from + q, o = to + q; i < from + q + 4; i++, o++) {
        const ar = source[i]!, ai = source[i + 4]!;
        const br = source[i + leg]!, bi = source[i + leg + 4]!;
        const dr = ar - br, di = ai - bi;
        target[o] = ar + br;
        target[o + 4] = ai + bi;
        target[o + row] = dr * wr - di * wi;
        target[o + row + 4] = dr * wi + di * wr;
      }
    }
  }
}
