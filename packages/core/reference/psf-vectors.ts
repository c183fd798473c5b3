/**
 * PSFs and random numbers of core as test vectors for `training/`. From the repository root:
 *
 *     npx -c "node --conditions=@deblur/source packages/core/reference/psf-vectors.ts" > training/tests/data/psf-vectors.json
 */
import { cameraShakePsf, createRandom, diskPsf, gaussianPsf, motionPsf } from '@deblur/core';
import type { CameraShakeOptions, Psf } from '@deblur/core';

/** Weights as base64 of little-endian float32. */
function describe({ width, height, centre, data }: Psf): object {
  return { width, height, centre, data: Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64') };
}

const shakes: readonly CameraShakeOptions[] = [
  { length: 12, seed: 1 },
  { length: 25, seed: 4_000_000_000 },
  { length: 40, seed: 7, anxiety: 0.05 },
  { length: 8.5, seed: 3, anxiety: 1, samples: 300 },
];
const motions: readonly (readonly [length: number, angle: number])[] = [[1.7, 20], [9, 0], [15.5, 33], [21, -70]];

const random = createRandom(42);
const vectors = {
  random: {
    seed: 42,
    bits: Array.from({ length: 4 }, () => random.bits()),
    uniforms: Array.from({ length: 4 }, () => random.uniform()),
    normals: Array.from({ length: 5 }, () => random.normal()),
  },
  shake: shakes.map((options) => ({ ...options, psf: describe(cameraShakePsf(options)) })),
  gaussian: [0.4, 1.6, 3].map((sigma) => ({ sigma, psf: describe(gaussianPsf(sigma)) })),
  disk: [0.8, 2.5, 7.3].map((radius) => ({ radius, psf: describe(diskPsf(radius)) })),
  motion: motions.map(([length, angle]) => ({ length, angle, psf: describe(motionPsf(length, angle)) })),
};
console.log(JSON.stringify(vectors, undefined, 1));
