import { lumaPlane } from '../blur/luma-plane.ts';
import type { Plane } from '../blur/luma-plane.ts';
import type { Pacer } from '../deconvolution/pacer.ts';
import type { PixelImage } from '../image/pixel-image.ts';
import { sliceRows } from '../image/slice-rows.ts';
import { validateImage } from '../image/validate-image.ts';
import { checkFinite } from './checked-luma.ts';

/** Luma of a picture at the scale where its blur is judged. */
export interface WorkingPlane extends Plane {
  /** Pixels of the picture per pixel of the plane, along each axis. */
  readonly reduction: number;
}

/** Long side from which pictures are reduced: a photograph of 12 megapixels is looked at in half its size. */
const reducedFrom = 1500;

/** Whole factor by which a picture is reduced before its blur is judged: softness of single pixels of a large photograph does not count. */
export function reductionOf(width: number, height: number): number {
  return Math.max(1, Math.floor(Math.max(width, height) / reducedFrom));
}

/**
 * The sRGB-encoded luma in [0,1], reduced by means of whole blocks; rows and columns that fill no block are left out. Rounded to 8 bits, so
 * that pictures of all sample types are judged alike.
 *
 * @throws InvalidArgumentError if the image is no valid PixelImage or has a sample that is not finite; AbortedError
 */
export async function workingPlane(image: PixelImage, pace: Pacer): Promise<WorkingPlane> {
  validateImage(image);
  const reduction = Math.min(reductionOf(image.width, image.height), image.width, image.height);
  const width = Math.floor(image.width / reduction);
  const height = Math.floor(image.height / reduction);
  const values = new Float32Array(width * height);
  const { alpha: _alpha, ...opaque } = image;
  const bandRows = Math.max(1, Math.floor(262_144 / (image.width * reduction)));
  for (let top = 0; top < height; top += bandRows) {
    await pace();
    const rows = Math.min(bandRows, height - top);
    const band = sliceRows(opaque, top * reduction, (top + rows) * reduction);
    checkFinite(band, top * reduction);
    reduceInto(values.subarray(top * width, (top + rows) * width), lumaPlane(band), width, reduction);
  }
  return { width, height, values, reduction };
}

function reduceInto(target: Float32Array, band: Plane, width: number, reduction: number): void {
  for (let i = 0; i < target.length; i++) {
    const left = (i % width) * reduction;
    const top = Math.floor(i / width) * reduction;
    let sum = 0;
    for (let y = top; y < top + reduction; y++) {
      for (let j = y * band.width + left; j < y * band.width + left + reduction; j++) sum += band.values[j]!;
    }
    target[i] = Math.round((255 * sum) / (reduction * reduction)) / 255;
  }
}
