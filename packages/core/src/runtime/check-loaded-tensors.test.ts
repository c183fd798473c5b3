import { expect, it } from 'vitest';
import { checkLoadedTensors } from './check-loaded-tensors.ts';
import type { ModelManifest } from '../models/manifest.ts';
import type { DeclaredTensor } from './check-loaded-tensors.ts';

const manifest = {
  id: 'example', version: '1.0.0', size: { minimum: 1, multipleOf: 1 },
  tensors: {
    inputs: [
      { name: 'input', role: 'image', layout: 'NHWC', type: 'float32', channels: 3 },
      { name: 'memory', role: 'state', layout: 'NHWC', type: 'float32', channels: 8, scale: 0.5, next: 'memory_next' },
    ],
    outputs: [{ name: 'output', role: 'image', layout: 'NHWC', type: 'float32', channels: 3 }],
  },
} as unknown as ModelManifest;
const picture: DeclaredTensor = { name: 'input', type: 'float32', dims: [1, -1, -1, 3] };
const memory: DeclaredTensor = { name: 'memory', type: 'float32', dims: [1, -1, -1, 8] };
const loaded = {
  inputs: [picture, memory],
  outputs: [{ ...picture, name: 'output' }, { ...memory, name: 'memory_next' }, { ...picture, name: 'extra' }],
};

it('accepts the tensors of the manifest, and further outputs', () => {
  expect(checkLoadedTensors(manifest, loaded)).toEqual(loaded);
});

it.each([
  ['memory_next', { outputs: loaded.outputs.slice(0, 1) }],
  ['NHWC', { inputs: [{ ...picture, dims: [1, 3, 32, 32] }, memory] }],
  ['layout', { inputs: [{ ...picture, dims: [-1, -1, 3] }, memory] }],
  ['float16', { inputs: [{ ...picture, type: 'float16' }, memory] }],
  ['mask', { inputs: [picture, memory, { ...picture, name: 'mask' }] }],
  ['float64', { outputs: [...loaded.outputs, { name: 'more', type: 'float64', dims: [] }] }],
])('names %s when the model differs there', (named, difference) => {
  expect(() => checkLoadedTensors(manifest, { ...loaded, ...difference })).toThrowError(
    expect.objectContaining({ code: 'model-failed', message: expect.stringContaining(named) }),
  );
});

it('compares a fixed size', () => {
  const fixed = { ...manifest, size: { minimum: 1, multipleOf: 1, fixed: { width: 64, height: 32 } } };
  const sized = (height: number, width: number): DeclaredTensor => ({ ...picture, dims: [1, height, width, 3] });
  expect(() => checkLoadedTensors(fixed, { ...loaded, inputs: [sized(32, 64), memory] })).not.toThrow();
  expect(() => checkLoadedTensors(fixed, { ...loaded, inputs: [sized(64, 32), memory] })).toThrow(/64×32.*1×64×32×3/);
});
