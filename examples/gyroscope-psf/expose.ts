import { toLinear, toSrgb } from '@deblur/core';
import type { PixelImage } from '@deblur/core';
import { turnPoint } from './camera-motion.ts';
import type { Camera } from './camera-motion.ts';
import { inverse } from './rotation.ts';
import type { Rotation } from './rotation.ts';

/**
 * What a turning camera records of a scene: the mean of the picture as it is seen at each moment, in linear light. No PSF is involved,
 * so this is an honest trial of one. Beyond its edges the picture goes on with its outermost pixels.
 */
export function expose(sharp: PixelImage, camera: Camera, turns: readonly Rotation[]): PixelImage {
  const { width, height, channels, data: light } = toLinear(sharp);
  const sum = new Float32Array(light.length);
  for (const turn of turns) {
    const back = inverse(turn);
    for (let row = 0, i = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const from = turnPoint(camera, back, { x: column, y: row });
        const x = Math.min(Math.max(from.x, 0), width - 1.001);
        const y = Math.min(Math.max(from.y, 0), height - 1.001);
        const left = Math.floor(x);
        const top = Math.floor(y);
        const at = (top * width + left) * channels;
        const below = at + width * channels;
        const right = x - left;
        const down = y - top;
        for (let channel = 0; channel < channels; channel++, i++) {
          const upper = light[at + channel]! * (1 - right) + light[at + channels + channel]! * right;
          const lower = light[below + channel]! * (1 - right) + light[below + channels + channel]! * right;
          sum[i]! += upper * (1 - down) + lower * down;
        }
      }
    }
  }
  return toSrgb({ width, height, channels, data: sum.map((value) => value / turns.length), transfer: 'linear' });
}
