import { imaginary, real, VECTOR_BYTES, writeProduct } from './complex';
import { transform } from './transform';

/** Transforms all columns of a spectrum forward, four at once. `target` may be `source`. */
export function forwardColumns(source: usize, target: usize, blocks: usize, blockBytes: usize, plan: usize, spare: usize): void {
  for (let block: usize = 0; block < blocks; block++, source += blockBytes, target += blockBytes) {
    transform(plan, source, target, spare);
  }
}

/**
 * Transforms all columns of a spectrum whose rows are transformed, multiplies by a filter and transforms them again, in place.
 *
 * @param sign 1 to multiply by the filter, -1 by its conjugate
 */
export function filterColumns(
  spectrum: usize, filter: usize, blocks: usize, blockBytes: usize, height: usize, plan: usize, sequence: usize, spare: usize,
  sign: f32,
): void {
  const factor = f32x4.splat(sign);
  for (let block: usize = 0; block < blocks; block++, spectrum += blockBytes, filter += blockBytes) {
    transform(plan, spectrum, sequence, spare);
    for (let at: usize = 0; at < height * VECTOR_BYTES; at += VECTOR_BYTES) {
      writeProduct(
        sequence + at, real(sequence + at), imaginary(sequence + at), real(filter + at), f32x4.mul(factor, imaginary(filter + at)),
      );
    }
    transform(plan, sequence, spectrum, spare);
  }
}
