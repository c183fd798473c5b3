import type { Pass } from '../passes.ts';
import { radix2 } from './radix-2.ts';
import { radix3 } from './radix-3.ts';
import { radix4 } from './radix-4.ts';
import { radix5 } from './radix-5.ts';

const passes = { 2: radix2, 3: radix3, 4: radix4, 5: radix5 } as const;

/**
 * Forward complex Fourier transforms of four sequences at once (Stockham), the counterpart of the WebAssembly kernel `transform`.
 *
 * @param length vectors in the sequences
 * @param spares two buffers of `length` × 8 floats
 */
export function transform(
  plan: readonly Pass[], length: number, source: Float32Array, from: number, target: Float32Array, to: number,
  spares: readonly [Float32Array, Float32Array],
): void {
  if (plan.length === 0) target.set(source.subarray(from, from + length * 8), to);
  let input = source;
  let inputFrom = from;
  let stride = 1;
  plan.forEach(({ radix, groups, twiddles }, i) => {
    const last = i === plan.length - 1;
    const output = last ? target : spares[(i & 1) as 0 | 1];
    const outputTo = last ? to : 0;
    passes[radix](input, inputFrom, output, outputTo, twiddles, groups, stride);
    input = output;
    inputFrom = outputTo;
    stride *= radix;
  });
}
