import type { NamedTensors } from '@deblur/core';

/** The picture and noise level that `ffdnet-color` is run on in Node and in browsers. */
export function referenceInputs(): NamedTensors {
  const side = 32;
  const wave = (i: number): number => 0.5 + 0.3 * Math.sin(i / 5) * Math.cos(i / (7 * side)) + 0.2 * (((i * 7919) % 101) / 101 - 0.5);
  return {
    input: { type: 'float32', dims: [1, 3, side, side], data: Float32Array.from({ length: 3 * side * side }, (_, i) => wave(i)) },
    sigma: { type: 'float32', dims: [1, 1, 1, 1], data: Float32Array.of(0.1) },
  };
}
