import { AbortedError } from '../errors/aborted-error.ts';
import { createFft2d, goodSize } from '../fft/index.ts';
import type { Fft2d } from '../fft/index.ts';
import { copyPatch } from './boundary.ts';
import type { Boundary } from './boundary.ts';
import { convolvePatch } from './direct-convolution.ts';
import type { Psf } from './psf.ts';

/** How to convolve: by sums over the PSF, by Fourier transforms, or by what costs less. */
export type ConvolutionMethod = 'auto' | 'direct' | 'fft';

/** A rectangle of output pixels. */
export interface ConvolvedRegion {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A plane to convolve. */
export interface SourcePlane {
  readonly data: Float32Array;
  readonly width: number;
  readonly height: number;
}

/** Convolves regions of planes with one PSF after another. */
export interface PlaneConvolver {
  readonly method: 'direct' | 'fft';
  /** Sets the PSF. */
  load(psf: Psf): void;
  /** The region of the convolved plane as `region.height × region.width` values. */
  convolve(source: SourcePlane, boundary: Boundary, region: ConvolvedRegion, signal?: AbortSignal): Float32Array;
  dispose(): void;
}

/** What a convolver must be able to do. */
export interface PlaneConvolverOptions {
  /** Largest PSF. */
  readonly psfWidth: number;
  readonly psfHeight: number;
  /** Largest region. */
  readonly width: number;
  readonly height: number;
  /** Largest number of weights other than zero. */
  readonly taps: number;
  /** Default `auto`. */
  readonly method?: ConvolutionMethod;
}

const smallestTile = 1536;
const bandPixels = 2 ** 19;

/** Nanoseconds, measured: one weight on one pixel; one pixel of a tile there and back; setting up a plan. */
const cost = { tap: 4, transform: 12, plan: 2e6 };

/** Tiles of equal side whose patches all fit one transform. */
function planTiles(length: number, psfLength: number): { side: number; step: number; count: number } {
  const limit = Math.max(smallestTile, 4 * psfLength) - psfLength + 1;
  const count = Math.ceil(length / limit);
  const step = Math.ceil(length / count);
  return { side: goodSize(step + psfLength - 1), step, count };
}

function createDirect(): PlaneConvolver {
  let psf: Psf | undefined;
  return {
    method: 'direct',
    load(next) {
      psf = next;
    },
    convolve(source, boundary, region, signal) {
      const { width: kernelWidth, height: kernelHeight, centre } = psf!;
      const result = new Float32Array(region.width * region.height);
      const rows = Math.max(1, Math.min(region.height, Math.ceil(bandPixels / region.width)));
      const patchWidth = region.width + kernelWidth - 1;
      const patch = new Float32Array(patchWidth * (rows + kernelHeight - 1));
      const left = region.x - (kernelWidth - 1 - centre.x);
      for (let y = 0; y < region.height; y += rows) {
        AbortedError.throwIfAborted(signal);
        const count = Math.min(rows, region.height - y);
        const top = region.y + y - (kernelHeight - 1 - centre.y);
        copyPatch(
          source.data, source.width, source.height, boundary, left, top, patchWidth, count + kernelHeight - 1, patch, patchWidth,
        );
        convolvePatch(patch, psf!, region.width, count, result, y * region.width, region.width);
      }
      return result;
    },
    dispose() {},
  };
}

function createByTransform(fft: Fft2d, stepX: number, stepY: number): PlaneConvolver {
  const plane = fft.createPlane();
  const transfer = fft.createSpectrum();
  let psf: Psf | undefined;
  return {
    method: 'fft',
    load(next) {
      psf = next;
      const values = plane.data.fill(0);
      for (let y = 0; y < next.height; y++) {
        values.set(next.data.subarray(y * next.width, (y + 1) * next.width), y * fft.width);
      }
      fft.forward(plane, transfer);
    },
    convolve(source, boundary, region, signal) {
      const { width: kernelWidth, height: kernelHeight, centre } = psf!;
      const result = new Float32Array(region.width * region.height);
      for (let y = 0; y < region.height; y += stepY) {
        for (let x = 0; x < region.width; x += stepX) {
          AbortedError.throwIfAborted(signal);
          const width = Math.min(stepX, region.width - x);
          const height = Math.min(stepY, region.height - y);
          const left = region.x + x - (kernelWidth - 1 - centre.x);
          const top = region.y + y - (kernelHeight - 1 - centre.y);
          const values = plane.data.fill(0);
          copyPatch(
            source.data, source.width, source.height, boundary, left, top, width + kernelWidth - 1, height + kernelHeight - 1, values,
            fft.width,
          );
          fft.filter(plane, transfer, plane);
          const blurred = plane.data;
          for (let row = 0; row < height; row++) {
            const from = (row + kernelHeight - 1) * fft.width + kernelWidth - 1;
            result.set(blurred.subarray(from, from + width), (y + row) * region.width + x);
          }
        }
      }
      return result;
    },
    dispose: () => fft.dispose(),
  };
}

/**
 * Prepares convolutions. Transforms work on tiles of at most 1536 pixels a side (more for PSFs longer than 384), so that memory does
 * not grow with the picture.
 */
export async function createPlaneConvolver(options: PlaneConvolverOptions): Promise<PlaneConvolver> {
  const { width, height, psfWidth, psfHeight, taps, method = 'auto' } = options;
  const across = planTiles(width, psfWidth);
  const down = planTiles(height, psfHeight);
  const transformCost = cost.plan + cost.transform * across.side * across.count * down.side * down.count;
  const direct = method === 'direct' || (method === 'auto' && cost.tap * taps * width * height <= transformCost);
  if (direct) return createDirect();
  return createByTransform(await createFft2d({ width: across.side, height: down.side }), across.step, down.step);
}
