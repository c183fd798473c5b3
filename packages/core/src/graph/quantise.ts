import { convertSampleArray } from '../image/convert-samples.ts';
import type { SampleArray, SampleType } from '../image/pixel-image.ts';

/**
 * Finished rows as samples of the picture's type. To integers 1.0 stands for 255 or 65535; values are clamped to [0,1] and
 * rounded to the nearest, halves up. Floats are copied, not clamped. The result never holds NaN or infinities: NaN becomes
 * 0, infinities the nearer end of [0,1].
 *
 * @param rows nominal [0,1]
 */
export function quantise(rows: Float32Array, type: SampleType): SampleArray {
  if (type !== 'float32') return convertSampleArray(rows, type);
  const result = rows.slice();
  for (let i = 0; i < result.length; i++) {
    if (!Number.isFinite(result[i])) result[i] = result[i] > 0 ? 1 : 0;
  }
  return result;
}
