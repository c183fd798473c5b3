import { psfFromArray } from '@deblur/core';
import type { Psf, PsfGrid } from '@deblur/core';
import { turnPoint } from './camera-motion.ts';
import type { Camera, Point } from './camera-motion.ts';
import type { Rotation } from './rotation.ts';

/**
 * The PSF at a point of the picture: the path on which that point ran during the exposure, each moment spread over four pixels
 * bilinearly. Its centre is where the point lay in the middle of the exposure.
 */
export function psfFromTurns(camera: Camera, turns: readonly Rotation[], at: Point): Psf {
  const path = turns.map((turn) => {
    const { x, y } = turnPoint(camera, turn, at);
    return { x: x - at.x, y: y - at.y };
  });
  const radiusX = Math.ceil(Math.max(...path.map(({ x }) => Math.abs(x))));
  const radiusY = Math.ceil(Math.max(...path.map(({ y }) => Math.abs(y))));
  const width = 2 * radiusX + 1;
  const weights = new Float32Array(width * (2 * radiusY + 1));
  for (const { x, y } of path) {
    const left = Math.floor(x);
    const top = Math.floor(y);
    for (const [column, row] of [[left, top], [left + 1, top], [left, top + 1], [left + 1, top + 1]] as const) {
      const weight = (1 - Math.abs(x - column)) * (1 - Math.abs(y - row));
      if (weight > 0) weights[(row + radiusY) * width + column + radiusX]! += weight;
    }
  }
  return psfFromArray(weights, { width, height: 2 * radiusY + 1 });
}

/** PSFs of `columns` × `rows` cells of a picture: where the camera also rolls, its corners are blurred otherwise than its middle. */
export function psfGridFromTurns(
  camera: Camera, turns: readonly Rotation[], picture: { readonly width: number; readonly height: number }, columns: number, rows: number,
): PsfGrid {
  const psfs = Array.from({ length: columns * rows }, (_, i) => psfFromTurns(camera, turns, {
    x: ((i % columns) + 0.5) * picture.width / columns - 0.5,
    y: (Math.floor(i / columns) + 0.5) * picture.height / rows - 0.5,
  }));
  return { columns, rows, psfs };
}
