import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A package with 1-D Fourier transforms, made into a real 2-D transform. */
export interface FftPackage {
  readonly name: string;
  /** A transform of size × size values into the half spectrum, or undefined where the package does not take the size. */
  create(size: number): ((values: Float32Array) => void) | undefined;
}

interface FftJs {
  new (size: number): {
    createComplexArray(): number[];
    realTransform(output: number[], input: ArrayLike<number>): void;
    transform(output: number[], input: ArrayLike<number>): void;
  };
}

interface Pffft {
  readonly HEAPF32: Float32Array;
  _pffft_new_setup(size: number, kind: 0 | 1): number;
  _pffft_aligned_malloc(bytes: number): number;
  _pffft_transform_ordered(setup: number, input: number, output: number, work: number, direction: 0): void;
}

function fftJs(FFT: FftJs): FftPackage {
  return {
    name: 'fft.js',
    create(size) {
      if (Math.log2(size) % 1 !== 0) return undefined;
      const fft = new FFT(size);
      const half = size / 2 + 1;
      const spectrum = new Float32Array(half * size * 2);
      const output = fft.createComplexArray();
      const column = new Float64Array(size * 2);
      return (values) => {
        for (let y = 0; y < size; y++) {
          fft.realTransform(output, values.subarray(y * size, (y + 1) * size));
          for (let i = 0; i < half * 2; i++) spectrum[y * half * 2 + i] = output[i]!;
        }
        for (let x = 0; x < half; x++) {
          for (let y = 0; y < size; y++) {
            column[2 * y] = spectrum[(y * half + x) * 2]!;
            column[2 * y + 1] = spectrum[(y * half + x) * 2 + 1]!;
          }
          fft.transform(output, column);
          for (let y = 0; y < size; y++) {
            spectrum[(y * half + x) * 2] = output[2 * y]!;
            spectrum[(y * half + x) * 2 + 1] = output[2 * y + 1]!;
          }
        }
      };
    },
  };
}

function pffft(module: Pffft): FftPackage {
  return {
    name: 'pffft-wasm (simd)',
    create(size) {
      const rows = module._pffft_new_setup(size, 0);
      const columns = module._pffft_new_setup(size, 1);
      if (rows === 0 || columns === 0) return undefined;
      const buffers = Array.from({ length: 3 }, () => module._pffft_aligned_malloc(size * 8));
      const [input, output, work] = buffers as [number, number, number];
      const half = size / 2 + 1;
      const spectrum = new Float32Array(half * size * 2);
      return (values) => {
        const memory = module.HEAPF32;
        for (let y = 0; y < size; y++) {
          memory.set(values.subarray(y * size, (y + 1) * size), input >> 2);
          module._pffft_transform_ordered(rows, input, output, work, 0);
          const to = y * half * 2;
          spectrum.set(memory.subarray(output >> 2, (output >> 2) + size), to);
          spectrum[to + size] = spectrum[to + 1]!;
          spectrum[to + 1] = 0;
        }
        for (let x = 0; x < half; x++) {
          for (let y = 0, i = input >> 2; y < size; y++) {
            memory[i++] = spectrum[(y * half + x) * 2]!;
            memory[i++] = spectrum[(y * half + x) * 2 + 1]!;
          }
          module._pffft_transform_ordered(columns, input, output, work, 0);
          for (let y = 0, i = output >> 2; y < size; y++) {
            spectrum[(y * half + x) * 2] = memory[i++]!;
            spectrum[(y * half + x) * 2 + 1] = memory[i++]!;
          }
        }
      };
    },
  };
}

/** The comparison packages found in the `node_modules` of a folder; says which are missing. */
export async function loadFftPackages(folder = process.cwd()): Promise<FftPackage[]> {
  const require = createRequire(join(folder, 'package.json'));
  const packages: FftPackage[] = [];
  try {
    packages.push(fftJs(require('fft.js') as FftJs));
  } catch {
    console.warn('fft.js is not installed; left out.');
  }
  try {
    const path = pathToFileURL(require.resolve('@echogarden/pffft-wasm/simd')).href;
    const { default: load } = (await import(path)) as { default: () => Promise<Pffft> };
    packages.push(pffft(await load()));
  } catch {
    console.warn('@echogarden/pffft-wasm is not installed; left out.');
  }
  return packages;
}
