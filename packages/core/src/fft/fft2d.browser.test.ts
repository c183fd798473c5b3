import { describe, expect, it } from 'vitest';
import { createFft2d } from './create-fft2d.ts';

describe('createFft2d in a browser', () => {
  it('runs WebAssembly and agrees with TypeScript within 1e-5 of the largest value', async () => {
    const size = { width: 120, height: 96 };
    const values = Float32Array.from({ length: 120 * 96 }, (_, i) => Math.sin(i * i * 0.37));
    const results: Float32Array[] = [];
    for (const implementation of ['auto', 'typescript'] as const) {
      const fft = await createFft2d({ ...size, implementation });
      expect(fft.implementation).toBe(implementation === 'auto' ? 'wasm' : 'typescript');
      const spectrum = fft.forward(values);
      results.push(spectrum.toArray());
      const back = fft.inverse(spectrum).data;
      expect(values.every((value, i) => Math.abs(value - back[i]!) < 1e-5)).toBe(true);
    }
    const [wasm, typescript] = results;
    const largest = wasm!.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    expect(wasm!.every((value, i) => Math.abs(value - typescript![i]!) < 1e-5 * largest)).toBe(true);
  });
});
