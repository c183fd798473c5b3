import { InvalidArgumentError } from '../../errors/invalid-argument-error.ts';
import type { Plane } from '../../fft/index.ts';
import type { Denoiser } from './denoiser.ts';
import { copyOriented, copyUpright, orientedSize } from './orientation.ts';

/** How planes are denoised. */
export interface DenoisePlanesOptions {
  /** Standard deviation of the noise of a plane as a share of full scale. */
  readonly sigma: number;
  /** Flip or turn under which the denoiser sees the planes. */
  readonly orientation: number;
  readonly signal?: AbortSignal;
}

/**
 * Denoises one or three planes in place. One plane goes as three equal channels, whose noise is then equal too: to the denoiser, which
 * averages over channels, that is a level of σ·√3. What comes back is averaged.
 *
 * @throws InvalidArgumentError if the denoiser returns something of another size or not finite
 */
export async function denoisePlanes(planes: readonly Plane[], denoiser: Denoiser, options: DenoisePlanesOptions): Promise<void> {
  const { orientation, signal } = options;
  const [first] = planes as [Plane];
  const grey = planes.length === 1;
  const size = { width: first.width, height: first.height };
  const data = new Float32Array(3 * size.width * size.height);
  for (let c = 0; c < 3; c++) copyOriented(planes[grey ? 0 : c]!.data, size, orientation, data, c);
  const { minimum, maximum } = denoiser.noiseRange ?? { minimum: 0, maximum: Infinity };
  const sigma = Math.min(maximum, Math.max(minimum, grey ? Math.sqrt(3) * options.sigma : options.sigma));
  const denoised = await denoiser.denoise({ ...orientedSize(size, orientation), data }, sigma, signal && { signal });
  checkDenoised(denoised, data.length);
  planes.forEach((plane, c) => copyUpright(denoised, grey ? undefined : c, size, orientation, plane.data));
}

function checkDenoised(denoised: unknown, length: number): asserts denoised is Float32Array {
  if (!(denoised instanceof Float32Array) || denoised.length !== length) {
    const found = denoised instanceof Float32Array ? `${denoised.length} values` : `a ${typeof denoised}`;
    throw new InvalidArgumentError(`The denoiser returned ${found}; it must return a Float32Array of ${length} values (height × width × 3).`);
  }
  const bad = denoised.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new InvalidArgumentError(`The denoiser returned ${denoised[bad]} as value ${bad}; it must return finite values.`);
}
