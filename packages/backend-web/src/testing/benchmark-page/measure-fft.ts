import { createFft2d } from '@deblur/core';
import { createGpuFft } from './gpu-fft.ts';

/** Least times of a real transform of size², in milliseconds. */
export interface MeasuredFft {
  readonly adapter: string;
  /** core's WebAssembly, on the processor. */
  readonly wasmMs: number;
  /** One transform handed to the GPU and waited for; data on the GPU already. */
  readonly gpuAloneMs: number;
  /** One of ten handed over together. */
  readonly gpuAmongTenMs: number;
  /** Largest difference of the two spectra over the largest magnitude. */
  readonly largestError: number;
}

/** Measures both in turns; the plane and the spectrum stay where they are computed. */
export async function measureFft(size: number, rounds: number): Promise<MeasuredFft> {
  const adapter = (await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' }))!;
  const device = await adapter.requestDevice();
  const values = Float32Array.from({ length: size * size }, (_, i) => ((i * 7919 + (i >> 7) * 31) % 1021) / 1021);
  const fft = await createFft2d({ width: size, height: size, implementation: 'wasm' });
  const [plane, spectrum] = [fft.createPlane(values), fft.createSpectrum()];
  const gpu = await createGpuFft(device, size);
  gpu.load(values);
  let [wasmMs, gpuAloneMs, gpuAmongTenMs] = [Infinity, Infinity, Infinity];
  for (let round = 0; round < rounds; round++) {
    wasmMs = Math.min(wasmMs, await time(async () => { fft.forward(plane, spectrum); }));
    gpuAloneMs = Math.min(gpuAloneMs, await time(() => gpu.forward(1)));
    gpuAmongTenMs = Math.min(gpuAmongTenMs, await time(() => gpu.forward(10)) / 10);
  }
  const [expected, actual] = [spectrum.toArray(), await gpu.read()];
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const largestError = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - actual[i]!)), 0) / largest;
  const { vendor, architecture, description } = adapter.info;
  device.destroy();
  return { adapter: description || `${vendor} ${architecture}`.trim(), wasmMs, gpuAloneMs, gpuAmongTenMs, largestError };
}

async function time(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
