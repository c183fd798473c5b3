import { inverse, multiply, noRotation, rotate, rotationAbout } from './rotation.ts';
import type { Rotation, Vector } from './rotation.ts';

/** One reading of a gyroscope, in the axes of the camera: x to the right of the picture, y down, z into the scene. */
export interface GyroscopeSample {
  /** Seconds, on the clock of `Exposure`. */
  readonly time: number;
  /** Angular velocity about x, y and z in radians per second, by the right-hand rule. */
  readonly velocity: Vector;
}

/** When the shutter was open, in seconds. */
export interface Exposure {
  readonly start: number;
  readonly end: number;
}

/** A pinhole camera. */
export interface Camera {
  /** Focal length in pixels: millimetres × pixels per row / width of the sensor in millimetres. */
  readonly focalLength: number;
  /** Where the optical axis meets the picture, in pixels; as a rule its middle. */
  readonly principalPoint: Point;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * How the camera was turned at `count` evenly spaced moments of the exposure, against the middle one: each takes a direction, as
 * the camera saw it in the middle of the exposure, to where it saw it at that moment. Velocities are interpolated between samples.
 */
export function turnsDuring(samples: readonly GyroscopeSample[], { start, end }: Exposure, count = 257): Rotation[] {
  if (!(samples.length > 1 && samples[0]!.time <= start && samples.at(-1)!.time >= end)) {
    throw new RangeError(`The recording does not cover the exposure from ${start} to ${end} s.`);
  }
  const step = (end - start) / (count - 1);
  const orientations: Rotation[] = [noRotation];
  for (let i = 1; i < count; i++) {
    const [x, y, z] = velocityAt(samples, start + (i - 0.5) * step);
    orientations.push(multiply(orientations[i - 1]!, rotationAbout([x * step, y * step, z * step])));
  }
  const middle = orientations[(count - 1) >> 1]!;
  return orientations.map((orientation) => multiply(inverse(orientation), middle));
}

/** Where a point of the picture lies after a turn: the homography K R K⁻¹ of a camera that rotates and does not move. */
export function turnPoint({ focalLength, principalPoint }: Camera, turn: Rotation, { x, y }: Point): Point {
  const [turnedX, turnedY, depth] = rotate(turn, [(x - principalPoint.x) / focalLength, (y - principalPoint.y) / focalLength, 1]);
  return { x: principalPoint.x + (focalLength * turnedX) / depth, y: principalPoint.y + (focalLength * turnedY) / depth };
}

function velocityAt(samples: readonly GyroscopeSample[], time: number): Vector {
  const next = samples.find((sample) => sample.time >= time)!;
  const previous = samples[Math.max(0, samples.indexOf(next) - 1)]!;
  const share = next === previous ? 0 : (time - previous.time) / (next.time - previous.time);
  const [x, y, z] = previous.velocity.map((value, axis) => value + share * (next.velocity[axis]! - value));
  return [x!, y!, z!];
}
