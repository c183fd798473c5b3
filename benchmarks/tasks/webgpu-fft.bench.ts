/**
 * A real 2-D Fourier transform on the GPU (an experiment in WGSL, powers of 4 only) against core's in WebAssembly, in one page of
 * Chromium, data at home in both; least time of the rounds. On SwiftShader the processor emulates the GPU.
 *
 *     npm run bench -- webgpu-fft
 */
import { openBenchmarkPage } from '../support/browser-page.ts';
import { report } from '../support/results.ts';
import type { Figure } from '../support/results.ts';

const opened = await openBenchmarkPage();
const figures: Figure[] = [];
try {
  for (const [size, rounds] of [[256, 4], [1024, 2]]) {
    const { adapter, wasmMs, gpuAloneMs, gpuAmongTenMs, largestError } = await opened.page.evaluate<Measured>(`measureFft(${size}, ${rounds})`);
    const subject = `real transform of ${size}², ${adapter}`;
    figures.push(
      { subject, metric: 'wasm, least time', value: wasmMs, unit: 'ms' },
      { subject, metric: 'WGSL, alone, least time', value: gpuAloneMs, unit: 'ms' },
      { subject, metric: 'WGSL, one of ten, least time', value: gpuAmongTenMs, unit: 'ms' },
      { subject, metric: 'largest error over largest value, in 1e-6', value: largestError * 1e6, unit: '' },
    );
  }
} finally {
  await opened.close();
}
console.log(`Chromium ${opened.version}`);
await report('webgpu-fft', figures);

interface Measured {
  readonly adapter: string;
  readonly wasmMs: number;
  readonly gpuAloneMs: number;
  readonly gpuAmongTenMs: number;
  readonly largestError: number;
}
