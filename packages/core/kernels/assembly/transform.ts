import { VECTOR_BYTES } from './complex';
import { radix2 } from './radix-2';
import { radix3 } from './radix-3';
import { radix4 } from './radix-4';
import { radix5 } from './radix-5';

/**
 * Forward complex Fourier transforms of four sequences at once (Stockham's self-sorting decimation in frequency).
 *
 * A plan is a list of u32: the length, the number of passes, then for each pass its radix r, the number of groups
 * (the length not yet transformed, divided by r) and the address of its twiddles: for each group p ≥ 1 the r - 1 complex
 * numbers exp(-2πi·p·k / (r·groups)), k = 1 … r - 1.
 *
 * @param source length × 32 bytes, left unchanged unless it is `target`
 * @param target may be `source`
 * @param spare two further buffers of length × 32 bytes, one after the other
 */
export function transform(plan: usize, source: usize, target: usize, spare: usize): void {
  const length = load<u32>(plan);
  const passes = load<u32>(plan, 4);
  const spareBytes = <usize>length * VECTOR_BYTES;
  if (passes === 0 && source !== target) memory.copy(target, source, spareBytes);
  let from = source;
  let stride: usize = 1;
  let pass = plan + 8;
  for (let i: u32 = 0; i < passes; i++) {
    const to = i + 1 === passes ? target : spare + <usize>(i & 1) * spareBytes;
    const radix = load<u32>(pass);
    const groups = <usize>load<u32>(pass, 4);
    const twiddles = <usize>load<u32>(pass, 8);
    if (radix === 4) radix4(from, to, twiddles, groups, stride);
    else if (radix === 2) radix2(from, to, twiddles, groups, stride);
    else if (radix === 3) radix3(from, to, twiddles, groups, stride);
    else radix5(from, to, twiddles, groups, stride);
    stride *= <usize>radix;
    from = to;
    pass += 12;
  }
}
