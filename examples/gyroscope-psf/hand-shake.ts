import { createRandom } from '@deblur/core';
import type { GyroscopeSample } from './camera-motion.ts';
import type { Vector } from './rotation.ts';

/** A hand that holds a camera, and the gyroscope inside. */
export interface HandShakeOptions {
  readonly seed: number;
  /** Length of the recording in seconds. */
  readonly duration: number;
  /** Typical angular velocity about each axis in radians per second. */
  readonly strength: Vector;
  /** Readings per second. Default 200, as phones give them. */
  readonly rate?: number;
}

/** What the camera did, and what its gyroscope said: with noise of 0.002 rad/s and a constant error of up to 0.002 rad/s. */
export interface HandShake {
  readonly motion: readonly GyroscopeSample[];
  readonly recording: readonly GyroscopeSample[];
}

/** A synthetic recording: slow sway (0.5 to 3 Hz) and physiological tremor (6 to 12 Hz, a third as strong) about each axis. */
export function recordHandShake({ seed, duration, strength, rate = 200 }: HandShakeOptions): HandShake {
  const random = createRandom(seed);
  const between = (low: number, high: number): number => low + (high - low) * random.uniform();
  const axes = strength.map((scale) => [
    ...Array.from({ length: 3 }, () => ({ frequency: between(0.5, 3), phase: between(0, 2 * Math.PI), scale })),
    ...Array.from({ length: 3 }, () => ({ frequency: between(6, 12), phase: between(0, 2 * Math.PI), scale: scale / 3 })),
  ]);
  const constantError = strength.map(() => between(-0.002, 0.002));
  const vector = (value: (axis: number) => number): Vector => [value(0), value(1), value(2)];
  const motion = Array.from({ length: Math.round(duration * rate) + 1 }, (_, i): GyroscopeSample => ({
    time: i / rate,
    velocity: vector((axis) => axes[axis]!.reduce(
      (sum, { frequency, phase, scale }) => sum + scale * Math.sin((2 * Math.PI * frequency * i) / rate + phase), 0,
    )),
  }));
  const recording = motion.map(({ time, velocity }): GyroscopeSample => ({
    time, velocity: vector((axis) => velocity[axis]! + constantError[axis]! + 0.002 * random.normal()),
  }));
  return { motion, recording };
}
