import type { Pass } from '../passes.ts';
import type { SpectrumLayout } from '../spectrum-layout.ts';
import type { WorkSpace } from './rows.ts';
import { transform } from './transform.ts';

/** Transforms all columns of a spectrum forward. `target` may be `source`. */
export function forwardColumns(
  layout: SpectrumLayout, plan: readonly Pass[], source: Float32Array, target: Float32Array, { spares }: WorkSpace,
): void {
  for (let block = 0; block < layout.blocks; block++) {
    const start = block * layout.blockLength;
    transform(plan, layout.height, source, start, target, start, spares);
  }
}

/** Transforms columns, multiplies by the filter (by its conjugate where sign is -1) and transforms them again, in place. */
export function filterColumns(
  layout: SpectrumLayout, plan: readonly Pass[], spectrum: Float32Array, filter: Float32Array, sign: 1 | -1,
  { sequence, spares }: WorkSpace,
): void {
  const { height } = layout;
  for (let block = 0; block < layout.blocks; block++) {
    const start = block * layout.blockLength;
    transform(plan, height, spectrum, start, sequence, 0, spares);
    for (let y = 0; y < height * 8; y += 8) {
      for (let i = y; i < y + 4; i++) {
        const ar = sequence[i]!, ai = sequence[i + 4]!;
        const br = filter[start + i]!, bi = sign * filter[start + i + 4]!;
        sequence[i] = ar * br - ai * bi;
        sequence[i + 4] = ar * bi + ai * br;
      }
    }
    transform(plan, height, sequence, 0, spectrum, start, spares);
  }
}
