import { VECTOR_BYTES } from './complex';
import { transform } from './transform';
import { storeTransposed } from './transpose';

/** Rows transformed together: two real rows make one complex sequence, four of these fill the lanes. */
// @ts-ignore: decorator
@inline
const GROUP: usize = 8;

/** Address of row y of a plane, of its last row where there is none. */
// @ts-ignore: decorator
@inline
function rowAt(plane: usize, y: usize, width: usize, height: usize): usize {
  return plane + min(y, height - 1) * width * 4;
}

/** Four rows of real numbers to the lanes of every second vector from `target`. */
function interleave(r0: usize, r1: usize, r2: usize, r3: usize, width: usize, target: usize): void {
  const whole = width & ~3;
  let x: usize = 0;
  for (; x < whole; x += 4, target += 4 * VECTOR_BYTES) {
    const o = x * 4;
    storeTransposed(
      v128.load(r0 + o), v128.load(r1 + o), v128.load(r2 + o), v128.load(r3 + o),
      target, target + VECTOR_BYTES, target + 2 * VECTOR_BYTES, target + 3 * VECTOR_BYTES,
    );
  }
  for (; x < width; x++, target += VECTOR_BYTES) {
    store<f32>(target, load<f32>(r0 + x * 4));
    store<f32>(target, load<f32>(r1 + x * 4), 4);
    store<f32>(target, load<f32>(r2 + x * 4), 8);
    store<f32>(target, load<f32>(r3 + x * 4), 12);
  }
}

/** Inverse of `interleave`, scaled. */
function separate(source: usize, r0: usize, r1: usize, r2: usize, r3: usize, width: usize, scale: f32): void {
  const whole = width & ~3;
  const factor = f32x4.splat(scale);
  let x: usize = 0;
  for (; x < whole; x += 4, source += 4 * VECTOR_BYTES) {
    const o = x * 4;
    storeTransposed(
      f32x4.mul(factor, v128.load(source)), f32x4.mul(factor, v128.load(source, 32)),
      f32x4.mul(factor, v128.load(source, 64)), f32x4.mul(factor, v128.load(source, 96)),
      r0 + o, r1 + o, r2 + o, r3 + o,
    );
  }
  for (; x < width; x++, source += VECTOR_BYTES) {
    store<f32>(r0 + x * 4, scale * load<f32>(source));
    store<f32>(r1 + x * 4, scale * load<f32>(source, 4));
    store<f32>(r2 + x * 4, scale * load<f32>(source, 8));
    store<f32>(r3 + x * 4, scale * load<f32>(source, 12));
  }
}

/** Splits transforms of row pairs into the half spectra of the rows; writes eight rows of each block of four frequencies. */
function splitPairs(sequence: usize, width: usize, spectrum: usize, blockBytes: usize, columns: usize): void {
  const half = f32x4.splat(0.5);
  const last = width >> 1;
  for (let first: usize = 0; first <= last; first += 4, spectrum += blockBytes) {
    for (let j: usize = 0; j < 4; j++) {
      const k = first + j;
      const to = columns + j * 16;
      if (k > last) {
        const zero = f32x4.splat(0);
        v128.store(to, zero);
        v128.store(to, zero, 64);
        v128.store(to, zero, 128);
        v128.store(to, zero, 192);
        continue;
      }
      const z = sequence + k * VECTOR_BYTES;
      const mirror = sequence + (k === 0 ? 0 : width - k) * VECTOR_BYTES;
      const zr = v128.load(z), zi = v128.load(z, 16);
      const mr = v128.load(mirror), mi = v128.load(mirror, 16);
      v128.store(to, f32x4.mul(half, f32x4.add(zr, mr)));
      v128.store(to, f32x4.mul(half, f32x4.sub(zi, mi)), 64);
      v128.store(to, f32x4.mul(half, f32x4.add(zi, mi)), 128);
      v128.store(to, f32x4.mul(half, f32x4.sub(mr, zr)), 192);
    }
    for (let part: usize = 0; part < 4; part++) {
      const from = columns + part * 64;
      const to = spectrum + part * 16;
      storeTransposed(
        v128.load(from), v128.load(from, 16), v128.load(from, 32), v128.load(from, 48),
        to, to + 2 * VECTOR_BYTES, to + 4 * VECTOR_BYTES, to + 6 * VECTOR_BYTES,
      );
    }
  }
}

/** Address of one row of a block: row y of the inverse lies at -y, since the columns were transformed forward twice. */
// @ts-ignore: decorator
@inline
function mirroredRow(y: usize, height: usize): usize {
  const row = min(y, height - 1);
  return (row === 0 ? 0 : height - row) * VECTOR_BYTES;
}

/**
 * Inverse of `splitPairs`, with the sequence index mirrored, so that a forward transform of it is the inverse transform.
 * The imaginary parts at frequency 0 and at half the sampling frequency, which a real row does not have, are ignored.
 */
function joinPairs(spectrum: usize, blockBytes: usize, y: usize, height: usize, width: usize, sequence: usize, columns: usize): void {
  const o0 = mirroredRow(y, height), o1 = mirroredRow(y + 1, height), o2 = mirroredRow(y + 2, height), o3 = mirroredRow(y + 3, height);
  const o4 = mirroredRow(y + 4, height), o5 = mirroredRow(y + 5, height), o6 = mirroredRow(y + 6, height), o7 = mirroredRow(y + 7, height);
  const last = width >> 1;
  for (let first: usize = 0; first <= last; first += 4, spectrum += blockBytes) {
    for (let part: usize = 0; part < 2; part++) {
      const from = spectrum + part * 16;
      const even = columns + part * 64;
      const odd = columns + 128 + part * 64;
      storeTransposed(
        v128.load(from + o0), v128.load(from + o2), v128.load(from + o4), v128.load(from + o6), even, even + 16, even + 32, even + 48,
      );
      storeTransposed(
        v128.load(from + o1), v128.load(from + o3), v128.load(from + o5), v128.load(from + o7), odd, odd + 16, odd + 32, odd + 48,
      );
    }
    const count = min<usize>(4, last - first + 1);
    for (let j: usize = 0; j < count; j++) {
      const k = first + j;
      const from = columns + j * 16;
      const er = v128.load(from), ei = v128.load(from, 64);
      const or = v128.load(from, 128), oi = v128.load(from, 192);
      const at = sequence + k * VECTOR_BYTES;
      if (k === 0 || k * 2 === width) {
        v128.store(at, er);
        v128.store(at, or, 16);
        continue;
      }
      const mirror = sequence + (width - k) * VECTOR_BYTES;
      v128.store(mirror, f32x4.sub(er, oi));
      v128.store(mirror, f32x4.add(ei, or), 16);
      v128.store(at, f32x4.add(er, oi));
      v128.store(at, f32x4.sub(or, ei), 16);
    }
  }
}

/**
 * Half spectra of all rows of a plane.
 *
 * @param sequence width × 32 bytes
 * @param columns 256 bytes
 */
export function forwardRows(
  plane: usize, width: usize, height: usize, spectrum: usize, blockBytes: usize, plan: usize, sequence: usize, spare: usize,
  columns: usize,
): void {
  for (let y: usize = 0; y < height; y += GROUP) {
    const r0 = rowAt(plane, y, width, height), r1 = rowAt(plane, y + 1, width, height);
    const r2 = rowAt(plane, y + 2, width, height), r3 = rowAt(plane, y + 3, width, height);
    const r4 = rowAt(plane, y + 4, width, height), r5 = rowAt(plane, y + 5, width, height);
    const r6 = rowAt(plane, y + 6, width, height), r7 = rowAt(plane, y + 7, width, height);
    interleave(r0, r2, r4, r6, width, sequence);
    interleave(r1, r3, r5, r7, width, sequence + 16);
    transform(plan, sequence, sequence, spare);
    splitPairs(sequence, width, spectrum + y * VECTOR_BYTES, blockBytes, columns);
  }
}

/** Inverse of `forwardRows` on a spectrum whose columns were transformed forward again; multiplies by `scale`. */
export function inverseRows(
  spectrum: usize, blockBytes: usize, plane: usize, width: usize, height: usize, plan: usize, sequence: usize, spare: usize,
  columns: usize, scale: f32,
): void {
  for (let y: usize = 0; y < height; y += GROUP) {
    joinPairs(spectrum, blockBytes, y, height, width, sequence, columns);
    transform(plan, sequence, sequence, spare);
    const r0 = rowAt(plane, y, width, height), r1 = rowAt(plane, y + 1, width, height);
    const r2 = rowAt(plane, y + 2, width, height), r3 = rowAt(plane, y + 3, width, height);
    const r4 = rowAt(plane, y + 4, width, height), r5 = rowAt(plane, y + 5, width, height);
    const r6 = rowAt(plane, y + 6, width, height), r7 = rowAt(plane, y + 7, width, height);
    separate(sequence, r0, r2, r4, r6, width, scale);
    separate(sequence + 16, r1, r3, r5, r7, width, scale);
  }
}
