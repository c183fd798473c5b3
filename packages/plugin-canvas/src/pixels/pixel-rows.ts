import type { SampleArray } from '@deblur/core';

/** Pixels from the top, interleaved: colour, then opacity if there is any. */
export interface PixelRows {
  /** Samples a pixel. */
  readonly samples: number;
  /** The next `count` rows, in an array that belongs to the caller. */
  read(count: number): Promise<SampleArray>;
  close(): void;
}

/** A stored picture of which any part can be read. */
export interface PixelSurface {
  readonly width: number;
  readonly height: number;
  /** Samples a pixel. */
  readonly samples: number;
  /** A part, interleaved, in an array that belongs to the caller. */
  read(x: number, y: number, width: number, height: number): Promise<SampleArray>;
  close(): void;
}

/** An array of the same type. */
export function sameKind(samples: SampleArray, length: number): SampleArray {
  return samples instanceof Uint8Array ? new Uint8Array(length) : samples instanceof Uint16Array ? new Uint16Array(length) : new Float32Array(length);
}

/** A surface of samples in memory. */
export function memorySurface(data: SampleArray, width: number, height: number, samples: number): PixelSurface {
  return {
    width, height, samples,
    async read(x, y, across, down): Promise<SampleArray> {
      if (across === width) return data.slice(y * width * samples, (y + down) * width * samples);
      const part = sameKind(data, across * down * samples);
      for (let row = 0; row < down; row++) {
        const start = ((y + row) * width + x) * samples;
        part.set(data.subarray(start, start + across * samples), row * across * samples);
      }
      return part;
    },
    close: () => undefined,
  };
}
