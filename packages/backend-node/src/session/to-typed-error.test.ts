import { describe, expect, it } from 'vitest';
import { toTypedError } from './to-typed-error.ts';
import type { Failure } from '../worker/messages.ts';

// Messages as onnxruntime-node 1.30 and drivers give them.
const table: readonly (readonly [code: string, provider: string, failure: Failure])[] = [
  ['model-failed', 'cpu', { stage: 'load', message: 'Failed to load model because protobuf parsing failed.' }],
  ['model-failed', 'cuda', { stage: 'load', message: 'Failed to load model because protobuf parsing failed.' }],
  ['model-failed', 'cpu', { stage: 'load', message: 'Model data pointer is null.' }],
  ['model-failed', 'cpu', { stage: 'load', message: 'Type Error: Type parameter (T) of Optype (Add) bound to different types' }],
  ['model-failed', 'cpu', { stage: 'run', message: 'Non-zero status code returned while running Reshape node. Status Message: The input tensor cannot be reshaped' }],
  ['unsupported', 'coreml', { stage: 'load', message: 'no available backend found. ERR: [coreml] backend not found.' }],
  ['unsupported', 'cuda', { stage: 'load', message: 'OrtSessionOptionsAppendExecutionProvider_Cuda: Failed to load shared library' }],
  ['unsupported', 'webgpu', { stage: 'load', message: 'webgpu_context.cc:136 Initialize\n was false. Failed to get a WebGPU adapter: No supported adapters\n' }],
  ['unsupported', 'cpu', { stage: 'load', message: 'Could not find an implementation for ConvInteger(10) node with name \'\'' }],
  ['unsupported', 'dml', { stage: 'load', message: 'Something the driver says about this graph' }],
  ['out-of-memory', 'cpu', { stage: 'run', message: 'Non-zero status code returned while running Expand node. Status Message: std::bad_alloc' }],
  ['out-of-memory', 'cpu', { stage: 'run', message: 'Failed to allocate memory for requested buffer of size 1073741824' }],
  ['out-of-memory', 'cuda', { stage: 'run', message: 'CUDA failure 2: out of memory ; GPU=0' }],
  ['out-of-memory', 'cuda', { stage: 'load', message: 'CUDA_ERROR_OUT_OF_MEMORY' }],
  ['out-of-memory', 'webgpu', { stage: 'run', message: 'Non-zero status code returned while running Expand node. Status Message: narrowing_error.' }],
  ['unsupported', 'webgpu', { stage: 'run', message: 'shader_helper.cc:416 GenerateSourceCode Program Add requires f16 but the device does not support it.' }],
  ['device-lost', 'dml', { stage: 'run', message: 'DXGI_ERROR_DEVICE_REMOVED' }],
  ['device-lost', 'cuda', { stage: 'run', message: 'CUDA failure 700: an illegal memory access was encountered' }],
  ['device-lost', 'webgpu', { stage: 'run', message: 'WebGPU device lost (1): reset by the driver' }],
];

describe('toTypedError', () => {
  it.each(table)('gives %s on %s for %o', (code, provider, failure) => {
    const error = toTypedError(failure, { model: 'maxim-s1', provider });
    expect(error.code).toBe(code);
    expect(error.message).toMatch(/maxim-s1|provider|device/i);
    expect((error.cause as Error).message).toBe(failure.message);
  });

  it('tells what to install when onnxruntime-node is missing', () => {
    const failure: Failure = { stage: 'import', code: 'ERR_MODULE_NOT_FOUND', message: 'Cannot find package \'onnxruntime-node\' imported from worker.js' };
    expect(toTypedError(failure, { model: 'm', provider: 'cpu' }).message).toContain('npm install onnxruntime-node@1.30');
  });

  it('tells that there is no build for this platform', () => {
    const message = 'Cannot find module \'../bin/napi-v6/darwin/x64/onnxruntime_binding.node\'';
    expect(toTypedError({ stage: 'import', code: 'MODULE_NOT_FOUND', message }, { model: 'm', provider: 'cpu' }).message).toContain('has no build for');
  });

  it('names a library the binding lacks', () => {
    const message = '/lib/libm.so.6: version `GLIBC_2.28\' not found (required by onnxruntime_binding.node)';
    const error = toTypedError({ stage: 'import', code: 'ERR_DLOPEN_FAILED', message }, { model: 'm', provider: 'cpu' });
    expect(error.code).toBe('unsupported');
    expect(error.message).toContain('GLIBC_2.28');
  });
});
