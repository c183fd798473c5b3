import { InvalidArgumentError } from '../errors/index.ts';
import type { PixelImage, SampleArray, SampleType } from '../image/pixel-image.ts';
import { allocateSamples, sampleTypeOf } from '../image/samples.ts';
import { checkBand } from './check-band.ts';
import { copyRegion, reflectedRange } from './copy-region.ts';
import type { Region } from './copy-region.ts';
import { requireInteger } from './require-integer.ts';
import { createRowRing } from './row-ring.ts';
import type { RowRing } from './row-ring.ts';

/** What a row window holds. */
export interface RowWindowOptions {
  /** Width of the picture in pixels. */
  readonly width: number;
  /** Height of the picture in pixels. */
  readonly height: number;
  /** Channels of the picture. */
  readonly channels: 1 | 3;
  /** Sample type of the bands and of everything copied out. */
  readonly type: SampleType;
  /** Bands have alpha, which is kept too. Default false. */
  readonly alpha?: boolean;
  /** Rows to allocate at once; when more are held, the window grows. Default: grows with the first bands. */
  readonly rows?: number;
}

/**
 * The rows of a picture that are needed at the moment, in its own sample type. Rows come in from the top in bands of any
 * height; tiles and rows are copied out; rows no longer needed are dropped. Memory: the `rows` asked for, or at most 1.5
 * times the most rows held at once (the band being pushed included) where that is more; while growing, old and new.
 */
export interface RowWindow {
  /** First row held. */
  readonly from: number;
  /** End of the rows held; the next band starts here. */
  readonly to: number;
  /** Rows there is memory for. */
  readonly capacity: number;
  /** Bytes allocated. */
  readonly bytes: number;
  /**
   * Takes the next rows. The band's samples are copied.
   * @throws InvalidArgumentError if width, channels, sample type or alpha differ or the band reaches below the picture
   */
  push(band: PixelImage): void;
  /**
   * Copies a region, H×W×C interleaved, into `target`. What lies beyond the picture is reflected at its edges without
   * repeating the edge pixel (again and again if need be); a picture side of one pixel is replicated.
   * @param target at least region.height × region.width × channels samples of the window's type
   * @throws InvalidArgumentError if a row is not held or `target` does not fit
   */
  extract(region: Region, target: SampleArray): void;
  /**
   * Copies `count` rows from row `y`, H×W×C interleaved.
   * @param target where to, of the window's type; default newly allocated
   * @returns `target` cut to size; belongs to the caller
   * @throws InvalidArgumentError if a row is not held or `target` does not fit
   */
  rows(y: number, count: number, target?: SampleArray): SampleArray;
  /** As `rows`, for the H×W alpha samples; undefined for a window without alpha. */
  alphaRows(y: number, count: number, target?: SampleArray): SampleArray | undefined;
  /** Drops the rows above `y`. Rows that have not come yet are not skipped. */
  dropBefore(y: number): void;
}

/**
 * Creates an empty row window.
 * @throws InvalidArgumentError if a number is out of range
 */
export function createRowWindow(options: RowWindowOptions): RowWindow {
  const { width, height, channels, type, alpha = false, rows = 0 } = options;
  requireInteger('width', width, 1);
  requireInteger('height', height, 1);
  requireInteger('rows', rows, 0);
  const initial = Math.min(rows, height);
  const color = createRowRing({ type, rowSamples: width * channels, initial, most: height });
  const opacity = alpha ? createRowRing({ type, rowSamples: width, initial, most: height }) : undefined;
  const form = { width, channels, type, alpha };
  let from = 0;
  let to = 0;

  const requireRows = (first: number, end: number): void => {
    if (first >= from && end <= to) return;
    const message = first < from
      ? `Row ${first} is needed but rows above ${from} were dropped; drop rows later.`
      : `Row ${end - 1} is needed but only ${to} rows have come; push more bands first.`;
    throw new InvalidArgumentError(message, { details: { first, end, from, to } });
  };
  const requireTarget = (target: SampleArray, samples: number): void => {
    const found = sampleTypeOf(target);
    if (found === type && target.length >= samples) return;
    throw new InvalidArgumentError(`The target has ${target.length} samples of type ${found}; ${samples} of type ${type} are needed.`, {
      details: { length: target.length, type: found, neededLength: samples, neededType: type },
    });
  };
  const copyRows = (ring: RowRing, y: number, count: number, target: SampleArray | undefined): SampleArray => {
    requireInteger('y', y, 0, height - 1);
    requireInteger('count', count, 1, height - y);
    requireRows(y, y + count);
    const samples = count * ring.rowSamples;
    const result = target ?? allocateSamples(type, samples);
    requireTarget(result, samples);
    ring.read(y, count, result);
    return result.length === samples ? result : result.subarray(0, samples);
  };

  return {
    get from() {
      return from;
    },
    get to() {
      return to;
    },
    get capacity() {
      return color.capacity;
    },
    get bytes() {
      return color.data.byteLength + (opacity?.data.byteLength ?? 0);
    },
    push(band) {
      checkBand(band, form, height - to);
      color.write(from, to, band.data, band.height);
      if (opacity !== undefined && band.alpha !== undefined) opacity.write(from, to, band.alpha, band.height);
      to += band.height;
    },
    extract(region, target) {
      requireInteger('region.x', region.x, Number.MIN_SAFE_INTEGER);
      requireInteger('region.y', region.y, Number.MIN_SAFE_INTEGER);
      requireInteger('region.width', region.width, 1);
      requireInteger('region.height', region.height, 1);
      requireRows(...reflectedRange(region.y, region.height, height));
      requireTarget(target, region.width * region.height * channels);
      copyRegion(color, width, height, channels, region, target);
    },
    rows: (y, count, target) => copyRows(color, y, count, target),
    alphaRows: (y, count, target) => (opacity === undefined ? undefined : copyRows(opacity, y, count, target)),
    dropBefore(y) {
      from = Math.max(from, Math.min(y, to));
    },
  };
}
