/**
 * Time of a real 2-D Fourier transform of 1024² and 960² floats on one thread: ours (WebAssembly and TypeScript), SciPy (through
 * `python3`, float32, one worker) and, where a folder holds them, the packages fft.js and @echogarden/pffft-wasm, whose 1-D
 * transforms are applied to rows, then to columns. The contenders take turns, so that a drifting machine treats all alike; the
 * least time of each counts.
 *
 *     npm run bench -- fft [folder whose node_modules holds fft.js and @echogarden/pffft-wasm]
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createFft2d } from '@deblur/core';
import { loadFftPackages } from '../support/fft-packages.ts';
import { report } from '../support/results.ts';
import type { Figure } from '../support/results.ts';

const rounds = 5;
const script = fileURLToPath(new URL('../support/scipy-fft.py', import.meta.url));
const figures: Figure[] = [];

for (const size of [1024, 960]) {
  const values = Float32Array.from({ length: size * size }, () => Math.random());
  const contenders: [name: string, calls: number, run: () => void][] = [];
  for (const implementation of ['wasm', 'typescript'] as const) {
    const fft = await createFft2d({ width: size, height: size, implementation });
    const plane = fft.createPlane(values);
    const spectrum = fft.createSpectrum();
    contenders.push([`@deblur/core ${implementation}`, implementation === 'wasm' ? 20 : 3, () => void fft.forward(plane, spectrum)]);
  }
  for (const { name, create } of await loadFftPackages(process.argv[2])) {
    const forward = create(size);
    if (forward) contenders.push([name, 3, () => forward(values)]);
  }
  const best = new Map<string, number>();
  const note = (name: string, milliseconds: number): void => {
    best.set(name, Math.min(milliseconds, best.get(name) ?? Infinity));
  };
  for (let round = 0; round < rounds; round++) {
    for (const [name, calls, run] of contenders) {
      for (let call = 0; call < calls; call++) {
        const start = performance.now();
        run();
        note(name, performance.now() - start);
      }
    }
    const scipy = timeScipy(size);
    if (scipy !== undefined) note('SciPy rfft2, float32', scipy);
  }
  for (const [name, value] of best) figures.push({ subject: name, metric: `real transform of ${size}², least time`, value, unit: 'ms' });
  const ours = best.get('@deblur/core wasm')!;
  const scipy = best.get('SciPy rfft2, float32');
  if (scipy !== undefined) {
    figures.push({ subject: '@deblur/core wasm', metric: `time over SciPy, ${size}²`, value: ours / scipy, unit: '', target: '≤ 3' });
  }
}
await report('fft', figures);

function timeScipy(size: number): number | undefined {
  try {
    return Number(execFileSync('python3', [script, String(size)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  } catch {
    return undefined;
  }
}
