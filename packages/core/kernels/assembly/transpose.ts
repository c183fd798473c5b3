/** Transposes the 4×4 floats of a, b, c, d and stores its rows at the four addresses. */
// @ts-ignore: decorator
@inline
export function storeTransposed(a: v128, b: v128, c: v128, d: v128, to0: usize, to1: usize, to2: usize, to3: usize): void {
  const lowAb = i32x4.shuffle(a, b, 0, 4, 1, 5), highAb = i32x4.shuffle(a, b, 2, 6, 3, 7);
  const lowCd = i32x4.shuffle(c, d, 0, 4, 1, 5), highCd = i32x4.shuffle(c, d, 2, 6, 3, 7);
  v128.store(to0, i64x2.shuffle(lowAb, lowCd, 0, 2));
  v128.store(to1, i64x2.shuffle(lowAb, lowCd, 1, 3));
  v128.store(to2, i64x2.shuffle(highAb, highCd, 0, 2));
  v128.store(to3, i64x2.shuffle(highAb, highCd, 1, 3));
}
