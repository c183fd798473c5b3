import { InvalidArgumentError } from '../errors/index.ts';
import type { SampleArray } from './pixel-image.ts';
import { allocateSamples, sampleTypeOf } from './samples.ts';

/** Colour and opacity that were interleaved. */
export interface SplitAlpha {
  /** H×W×C colour samples, C one less than what was given. */
  readonly data: SampleArray;
  /** H×W opacity samples, not premultiplied. */
  readonly alpha: SampleArray;
}

/**
 * Takes interleaved RGBA (4) or grey+alpha (2) samples apart. Values are not changed: what is premultiplied stays so.
 *
 * @param samples channels of the interleaved array, alpha last
 * @throws InvalidArgumentError if the length is not a multiple of `samples`
 */
export function splitAlpha(interleaved: SampleArray, samples: 2 | 4): SplitAlpha {
  if (samples !== 2 && samples !== 4) {
    throw new InvalidArgumentError(`samples is ${String(samples)}; it must be 4 (RGBA) or 2 (grey and alpha).`);
  }
  const pixels = interleaved.length / samples;
  if (!Number.isInteger(pixels)) {
    throw new InvalidArgumentError(`The array has ${interleaved.length} samples, which is not a multiple of ${samples}.`);
  }
  const type = sampleTypeOf(interleaved);
  const data = allocateSamples(type, pixels * (samples - 1));
  const alpha = allocateSamples(type, pixels);
  if (samples === 4) {
    for (let i = 0, j = 0, k = 0; i < pixels; i++, j += 3, k += 4) {
      data[j] = interleaved[k]!;
      data[j + 1] = interleaved[k + 1]!;
      data[j + 2] = interleaved[k + 2]!;
      alpha[i] = interleaved[k + 3]!;
    }
  } else {
    for (let i = 0, k = 0; i < pixels; i++, k += 2) {
      data[i] = interleaved[k]!;
      alpha[i] = interleaved[k + 1]!;
    }
  }
  return { data, alpha };
}
