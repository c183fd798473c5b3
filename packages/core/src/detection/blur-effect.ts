import { InvalidArgumentError } from '../errors/invalid-argument-error.ts';
import type { PixelImage } from '../image/pixel-image.ts';
import { sampleMaximum, sampleTypeOf } from '../image/samples.ts';
import { validateImage } from '../image/validate-image.ts';
import { checkFinite } from './checked-luma.ts';

/** Options of `blurEffect`. */
export interface BlurEffectOptions {
  /** Pixels of the box that blurs the picture again; odd, ≥ 3. Default 11. */
  readonly size?: number;
}

interface Grey {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/** Weights of the values as stored, as scikit-image's `rgb2gray` has them. */
const weights = [0.2125, 0.7154, 0.0721] as const;

function toGreyValues({ width, height, channels, data }: PixelImage): Grey {
  const maximum = sampleMaximum(sampleTypeOf(data));
  const values = new Float32Array(width * height);
  for (let i = 0, j = 0; i < values.length; i++, j += channels) {
    values[i] = (channels === 1 ? data[j]! : weights[0] * data[j]! + weights[1] * data[j + 1]! + weights[2] * data[j + 2]!) / maximum;
  }
  return { width, height, values };
}

/** Position inside that a mirror between the edge pixel and its outer neighbour shows: the edge pixel occurs twice. */
function mirror(index: number, length: number): number {
  const place = ((index % (2 * length)) + 2 * length) % (2 * length);
  return place < length ? place : 2 * length - 1 - place;
}

/** Means of `size` pixels along a row. */
function boxAlong(source: Float64Array, size: number, target: Float64Array): void {
  const half = (size - 1) / 2;
  let sum = 0;
  for (let k = -half; k <= half; k++) sum += source[mirror(k, source.length)]!;
  for (let x = 0; x < source.length; x++) {
    target[x] = sum / size;
    sum += source[mirror(x + half + 1, source.length)]! - source[mirror(x - half, source.length)]!;
  }
}

/** Σ|gradient along x| and what blurring along x takes of it, over all places but the outer two pixels. */
function lossAlongRows({ width, height, values }: Grey, size: number): number {
  const rows = [0, 1, 2].map(() => ({ sharp: new Float64Array(width), blurred: new Float64Array(width) }));
  const load = (y: number): void => {
    const { sharp, blurred } = rows[y % 3]!;
    sharp.set(values.subarray(y * width, (y + 1) * width));
    boxAlong(sharp, size, blurred);
  };
  let before = 0;
  let lost = 0;
  load(1);
  load(2);
  for (let y = 2; y < height - 1; y++) {
    load(y + 1);
    const [a, b, c] = [rows[(y - 1) % 3]!, rows[y % 3]!, rows[(y + 1) % 3]!];
    for (let x = 2; x < width - 1; x++) {
      const sharp = Math.abs(slope(a.sharp, b.sharp, c.sharp, x));
      before += sharp;
      lost += Math.max(0, sharp - Math.abs(slope(a.blurred, b.blurred, c.blurred, x)));
    }
  }
  return before === 0 ? 1 : (before - lost) / before;
}

/** Four times the Sobel gradient along x at the middle row. */
function slope(above: Float64Array, middle: Float64Array, below: Float64Array, x: number): number {
  return above[x + 1]! - above[x - 1]! + 2 * (middle[x + 1]! - middle[x - 1]!) + below[x + 1]! - below[x - 1]!;
}

function transpose({ width, height, values }: Grey): Grey {
  const turned = new Float32Array(values.length);
  const block = 32;
  for (let top = 0; top < height; top += block) {
    for (let left = 0; left < width; left += block) {
      for (let y = top; y < Math.min(height, top + block); y++) {
        for (let x = left; x < Math.min(width, left + block); x++) turned[x * height + y] = values[y * width + x]!;
      }
    }
  }
  return { width: height, height: width, values: turned };
}

/**
 * How blurred a picture looks, from 0 (sharp) to 1: the share of its gradients that survives another blur with a box, the greater of
 * both directions (Crété-Roffet et al., "The blur effect: perception and estimation with a new no-reference perceptual blur metric",
 * 2007). Equals `skimage.measure.blur_effect` on the values as stored, scaled to [0,1]; colour is reduced to grey with scikit-image's
 * weights. Pictures without a gradient, which includes those under four pixels wide or high, give 1.
 *
 * @throws InvalidArgumentError if the image is no valid PixelImage, a sample is not finite, or `size` is not usable
 */
export function blurEffect(image: PixelImage, options: BlurEffectOptions = {}): number {
  const { size = 11 } = options;
  if (!Number.isInteger(size) || size < 3 || size % 2 === 0) {
    throw new InvalidArgumentError(`size is ${size}; it must be an odd whole number of pixels ≥ 3.`);
  }
  validateImage(image);
  checkFinite(image);
  const grey = toGreyValues(image);
  if (grey.width < 4 || grey.height < 4) return 1;
  return Math.max(lossAlongRows(grey, size), lossAlongRows(transpose(grey), size));
}
