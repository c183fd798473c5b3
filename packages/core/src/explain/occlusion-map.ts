import { AbortedError, InvalidArgumentError } from '../errors/index.ts';
import { convertSamples } from '../image/convert-samples.ts';
import { crop } from '../image/crop.ts';
import { sampleMaximum, sampleTypeOf } from '../image/samples.ts';
import { trackProgress } from '../runtime/progress-tracker.ts';
import type { Rectangle } from '../image/crop.ts';
import type { PixelImage } from '../image/pixel-image.ts';
import type { ProgressListener } from '../runtime/progress.ts';
import type { ScalarMap } from './scalar-map.ts';
import type { PixelPosition } from './strongest-place.ts';

/** Options of `occlusionMap`. */
export interface OcclusionOptions {
  /** Side of the square around the pixel that is looked at, in pixels; smaller at small pictures. Default 128. */
  readonly window?: number;
  /** Patches along a side of the window, 1 or more; the work grows with its square. Default 8. */
  readonly cells?: number;
  readonly signal?: AbortSignal;
  /** Told of each patch, as stage `restore`. */
  readonly onProgress?: ProgressListener;
}

/** What of its surroundings decides a restored pixel. */
export interface OcclusionMap {
  /** The part of the picture that was looked at. */
  readonly window: Rectangle;
  /** Side of a patch in pixels of the picture; the last column and row may be narrower. */
  readonly cell: number;
  /** For each patch how much the restored pixel changed when it was covered: root mean square over the channels, as a share of full scale. */
  readonly effect: ScalarMap;
}

/**
 * Finds which parts of the input decide a pixel of the output, by covering one patch after another with grey and restoring each
 * time: the more the pixel changes, the more the patch matters. Needs nothing of the method but its results, so it works for
 * networks on any backend and for deconvolution alike. It restores cells² + 1 pictures of the window's size.
 *
 * Source: M. D. Zeiler and R. Fergus, "Visualizing and understanding convolutional networks", ECCV 2014, section 4.2
 * (occlusion sensitivity), with the restored pixel in place of the score of a class.
 *
 * @param image picture that is restored; only the window is
 * @param pixel pixel of the output that is explained
 * @param restore restores a picture of the window's size; its samples are float32
 * @throws InvalidArgumentError if the pixel lies outside or an option is out of range; AbortedError; what `restore` throws
 */
export async function occlusionMap(
  image: PixelImage, pixel: PixelPosition, restore: (part: PixelImage) => Promise<PixelImage>, options: OcclusionOptions = {},
): Promise<OcclusionMap> {
  const { window: side = 128, cells = 8, signal } = options;
  requireCount('window', side);
  requireCount('cells', cells);
  const window = windowAround(image, pixel, side);
  const part = convertSamples(crop(image, window), 'float32');
  const place = { x: pixel.x - window.left, y: pixel.y - window.top };
  const cell = Math.max(1, Math.ceil(Math.max(window.width, window.height) / cells));
  const [columns, rows] = [Math.ceil(window.width / cell), Math.ceil(window.height / cell)];
  const grey = (part.data as Float32Array).reduce((sum, value) => sum + value, 0) / part.data.length;
  const progress = trackProgress(options.onProgress, 'restore', columns * rows);

  const whole = valuesAt(await restore(part), place);
  const data = new Float32Array(columns * rows);
  for (let index = 0; index < data.length; index++) {
    AbortedError.throwIfAborted(signal);
    const area = { left: (index % columns) * cell, top: Math.floor(index / columns) * cell, side: cell };
    const covered = valuesAt(await restore(cover(part, area, grey)), place);
    data[index] = Math.hypot(...covered.map((value, c) => value - whole[c])) / Math.sqrt(whole.length);
    progress.advance();
  }
  return { window, cell, effect: { width: columns, height: rows, data } };
}

function windowAround({ width, height }: PixelImage, { x, y }: PixelPosition, side: number): Rectangle {
  if (!(Number.isInteger(x) && Number.isInteger(y) && x >= 0 && y >= 0 && x < width && y < height)) {
    throw new InvalidArgumentError(`The pixel (${x}, ${y}) does not lie in a picture of ${width}×${height} pixels, whose last one is (${width - 1}, ${height - 1}).`);
  }
  const from = (centre: number, length: number): number => Math.max(0, Math.min(length - side, centre - Math.floor(side / 2)));
  return { left: from(x, width), top: from(y, height), width: Math.min(side, width), height: Math.min(side, height) };
}

function cover(part: PixelImage, area: { readonly left: number; readonly top: number; readonly side: number }, value: number): PixelImage {
  const { width, height, channels } = part;
  const data = part.data.slice();
  for (let y = area.top; y < Math.min(height, area.top + area.side); y++) {
    const row = y * width;
    data.fill(value, (row + area.left) * channels, (row + Math.min(width, area.left + area.side)) * channels);
  }
  return { ...part, data };
}

function valuesAt({ data, width, channels }: PixelImage, { x, y }: PixelPosition): number[] {
  const white = sampleMaximum(sampleTypeOf(data));
  return Array.from(data.subarray((y * width + x) * channels, (y * width + x + 1) * channels), (value) => value / white);
}

function requireCount(name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError(`${name} is ${value}; it must be a whole number above 0.`);
}
