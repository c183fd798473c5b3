import { copyPatch } from './boundary.ts';
import { convolvePatch } from './direct-convolution.ts';
import type { FloatPlanes } from './float-planes.ts';
import { gaussianPsf } from './gaussian-psf.ts';
import type { Psf } from './psf.ts';
import { psfFromArray } from './psf-from-array.ts';

const luminance = [0.2126, 0.7152, 0.0722] as const;

/** One plane that stands for all channels: their luminance (BT.709 weights), a copy. */
export function luminancePlane({ planes }: FloatPlanes): Float32Array {
  if (planes.length === 1) return planes[0]!.slice();
  return planes[0]!.map((red, i) => luminance[0] * red + luminance[1] * planes[1]![i]! + luminance[2] * planes[2]![i]!);
}

/** A plane smoothed by a Gaussian, mirrored at the edges; sigma 0 gives the plane itself. */
export function smoothPlane(plane: Float32Array, width: number, height: number, sigma: number): Float32Array {
  if (sigma === 0) return plane;
  const { width: side, data } = gaussianPsf(sigma);
  const line = data.slice((side >> 1) * side, ((side >> 1) + 1) * side);
  const lines: Psf[] = [psfFromArray(line, { width: side, height: 1 }), psfFromArray(line, { width: 1, height: side })];
  return lines.reduce((source, psf) => {
    const patchWidth = width + psf.width - 1;
    const patchHeight = height + psf.height - 1;
    const patch = new Float32Array(patchWidth * patchHeight);
    copyPatch(source, width, height, 'reflect', -psf.centre.x, -psf.centre.y, patchWidth, patchHeight, patch, patchWidth);
    const result = new Float32Array(plane.length);
    convolvePatch(patch, psf, width, height, result, 0, width);
    return result;
  }, plane);
}
