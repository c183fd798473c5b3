import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createDeblur, createImage, crop, kernelSimilarity, motionPsf, psfCentroid, psnr } from '@deblur/core';
import { sharpCodec } from '@deblur/plugin-sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { turnPoint, turnsDuring } from './camera-motion.ts';
import { expose } from './expose.ts';
import { psfFromTurns, psfGridFromTurns } from './psf-from-turns.ts';
import type { Camera, GyroscopeSample } from './camera-motion.ts';
import type { Vector } from './rotation.ts';

const camera: Camera = { focalLength: 1000, principalPoint: { x: 100, y: 80 } };
const exposure = { start: 0.1, end: 0.3 };

/** A recording of a camera that turns evenly. */
function even(velocity: Vector): GyroscopeSample[] {
  return [0, 0.1, 0.2, 0.3, 0.4].map((time) => ({ time, velocity }));
}

describe('PSFs from a recording', () => {
  it('are a line of known length where the camera pans or tilts', () => {
    const pan = psfFromTurns(camera, turnsDuring(even([0, 0.05, 0]), exposure), camera.principalPoint);
    expect(pan.height).toBe(1);
    expect(kernelSimilarity(pan, motionPsf(10, 0))).toBeGreaterThan(0.99);
    const tilt = psfFromTurns(camera, turnsDuring(even([0.05, 0, 0]), exposure), camera.principalPoint);
    expect(kernelSimilarity(tilt, motionPsf(10, 90))).toBeGreaterThan(0.99);
  });

  it('move a point the way it is seen to move', () => {
    // A camera that turns to the right sees the scene go to the left; one that is turned clockwise sees it go counter-clockwise.
    const right = turnsDuring(even([0, 0.05, 0]), exposure).at(-1)!;
    expect(turnPoint(camera, right, camera.principalPoint)).toEqual({ x: expect.closeTo(95, 1), y: expect.closeTo(80, 6) });
    const clockwise = turnsDuring(even([0, 0, 0.2]), exposure).at(-1)!;
    expect(turnPoint(camera, clockwise, { x: 200, y: 80 })).toEqual({ x: expect.closeTo(199.98, 2), y: expect.closeTo(78, 2) });
  });

  it('differ over the picture where the camera rolls', () => {
    const turns = turnsDuring(even([0, 0, 0.3]), exposure);
    const { psfs } = psfGridFromTurns(camera, turns, { width: 201, height: 161 }, 3, 3);
    expect(psfs[4]!.data.length).toBe(1);
    expect(kernelSimilarity(psfs[1]!, psfs[7]!)).toBeGreaterThan(0.99);
    expect(kernelSimilarity(psfs[1]!, psfs[3]!)).toBeLessThan(0.9);
  });

  it('are what the exposure of a point of light shows', () => {
    const data = new Float32Array(201 * 161);
    data[40 * 201 + 60] = 1;
    const turns = turnsDuring(even([0.03, 0.05, 0.2]), exposure, 65);
    const seen = expose(createImage({ width: 201, height: 161, channels: 1, data, transfer: 'linear' }), camera, turns);
    const psf = psfFromTurns(camera, turns, { x: 60, y: 40 });
    const around = crop(seen, { left: 60 - psf.centre.x, top: 40 - psf.centre.y, width: psf.width, height: psf.height });
    const light = createDisplayed(psf.data, psf.width, psf.height);
    expect(psnr(around, light)).toBeGreaterThan(38);
    expect(psfCentroid(psf).x).toBeCloseTo(psf.centre.x, 0);
  });

  it('need a recording of the whole exposure', () => {
    expect(() => turnsDuring(even([0, 0, 0]), { start: 0.3, end: 0.6 })).toThrow('does not cover');
  });
});

/** A PSF as `expose` would show it: encoded as sRGB. */
function createDisplayed(weights: Float32Array, width: number, height: number): ReturnType<typeof createImage> {
  const encode = (light: number): number => (light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055);
  return createImage({ width, height, channels: 1, data: weights.map(encode) });
}

describe('the example', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gyroscope-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('restores better with the recording than without', async () => {
    const deblur = createDeblur({ plugins: [sharpCodec()] });
    const whole = await deblur.read(join(import.meta.dirname, '..', 'demo', 'pictures', 'towels-sharp.png'));
    await deblur.write(crop(whole, { left: 120, top: 100, width: 224, height: 176 }), join(folder, 'sharp.png'));
    const program = join(import.meta.dirname, 'gyroscope-psf.ts');
    const { stdout } = await promisify(execFile)(
      process.execPath, ['--conditions=@deblur/source', program, join(folder, 'sharp.png'), '--output', join(folder, 'output')],
    );
    const figures = Object.fromEntries([...stdout.matchAll(/^(\S.*?) +([\d.]+) dB$/gm)].map(([, name, value]) => [name, Number(value)]));
    expect(figures['gyroscope, 4x3 PSFs']).toBeGreaterThan(figures['blurred']! + 4);
    expect(figures['gyroscope, 4x3 PSFs']).toBeGreaterThan(figures['blind']! + 2);
    expect(await readdir(join(folder, 'output'))).toEqual([
      'blind.png', 'blurred.png', 'gyroscope-4x3-psfs.png', 'gyroscope-one-psf.png', 'psf.png', 'sharp.png',
    ]);
  });
});
