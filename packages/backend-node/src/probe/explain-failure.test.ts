import { describe, expect, it } from 'vitest';
import { explainFailure, missingLibraries } from './explain-failure.ts';

// Messages as onnxruntime 1.29 and 1.30 print them on Linux.
const cudaLog = '[1;31m2026-11-24 [E:onnxruntime:onnxruntime-node, provider_bridge_ort.cc:2146 Create] ProviderLibrary::Get() [ONNXRuntimeError] : 1 : FAIL : '
  + 'Failed to load library /app/node_modules/onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime_providers_cuda.so with error: '
  + 'libcublasLt.so.13: cannot open shared object file: No such file or directory';
const vulkanLog = 'Warning: Couldn\'t load Vulkan: libvulkan.so.1: cannot open shared object file: No such file or directory\n    at operator() (BackendVk.cpp:368)';
const adapterMessage = '/onnxruntime_src/webgpu_context.cc:136 Initialize(...)::<lambda()> adapter_result.status == wgpu::RequestAdapterStatus::Success was false. '
  + 'Failed to get a WebGPU adapter: No supported adapters\n';

describe('explainFailure', () => {
  it('names the library CUDA lacks and what to install', () => {
    const answer = { stage: 'run', message: 'OrtSessionOptionsAppendExecutionProvider_Cuda: Failed to load shared library' } as const;
    const reason = explainFailure('cuda', { answer, stderr: cudaLog, ending: 'exit code 0' });
    expect(reason).toMatch(/^libcublasLt\.so\.13 is missing/);
    expect(reason).toContain('LD_LIBRARY_PATH');
  });

  it('names the Vulkan loader', () => {
    const reason = explainFailure('webgpu', { answer: { stage: 'run', message: adapterMessage }, stderr: vulkanLog, ending: 'exit code 0' });
    expect(reason).toMatch(/^libvulkan\.so\.1 is missing \(Failed to get a WebGPU adapter: No supported adapters\)\./);
  });

  it('says what the runtime says when no library is missing', () => {
    const reason = explainFailure('webgpu', { answer: { stage: 'run', message: adapterMessage }, stderr: '', ending: 'exit code 0' });
    expect(reason).toMatch(/^Failed to get a WebGPU adapter: No supported adapters\. Install/);
  });

  it('tells of a crash and of silence', () => {
    expect(explainFailure('cuda', { stderr: '', ending: 'SIGSEGV' })).toMatch(/^The probing process ended with SIGSEGV\./);
    expect(explainFailure('webgpu', { stderr: '', ending: 'no answer within 30 s' })).toContain('no answer within 30 s');
  });

  it('tells what to install when onnxruntime-node is missing', () => {
    const answer = { stage: 'import', code: 'ERR_MODULE_NOT_FOUND', message: 'Cannot find package' } as const;
    expect(explainFailure('cpu', { answer, stderr: '', ending: 'exit code 0' })).toContain('npm install onnxruntime-node');
  });
});

it('finds missing libraries of macOS and Windows, each once', () => {
  const text = 'Library not loaded: @rpath/libonnxruntime.1.dylib\nFailed to load library C:\\x\\onnxruntime_providers_cuda.dll\n'
    + 'depends on "cublasLt64_12.dll" which is missing.\nlibvulkan.so.1: cannot open shared object file\nlibvulkan.so.1: cannot open shared object file';
  expect(missingLibraries(text)).toEqual(['libvulkan.so.1', 'libonnxruntime.1.dylib', 'onnxruntime_providers_cuda.dll', 'cublasLt64_12.dll']);
});
