/** Rotation matrix, row after row. */
export type Rotation = readonly [number, number, number, number, number, number, number, number, number];

/** A direction or an axis. */
export type Vector = readonly [x: number, y: number, z: number];

export const noRotation: Rotation = [1, 0, 0, 0, 1, 0, 0, 0, 1];

/** The rotation about an axis by as many radians as the axis is long (Rodrigues' formula). */
export function rotationAbout([x, y, z]: Vector): Rotation {
  const angle = Math.hypot(x, y, z);
  const sine = angle === 0 ? 1 : Math.sin(angle) / angle;
  const versine = angle === 0 ? 0.5 : (1 - Math.cos(angle)) / angle ** 2;
  return [
    1 - versine * (y * y + z * z), versine * x * y - sine * z, versine * x * z + sine * y,
    versine * x * y + sine * z, 1 - versine * (x * x + z * z), versine * y * z - sine * x,
    versine * x * z - sine * y, versine * y * z + sine * x, 1 - versine * (x * x + y * y),
  ];
}

/** First `second`, then `first`, as matrices multiply. */
export function multiply(first: Rotation, second: Rotation): Rotation {
  const entry = (row: number, column: number): number =>
    first[row * 3]! * second[column]! + first[row * 3 + 1]! * second[column + 3]! + first[row * 3 + 2]! * second[column + 6]!;
  return [entry(0, 0), entry(0, 1), entry(0, 2), entry(1, 0), entry(1, 1), entry(1, 2), entry(2, 0), entry(2, 1), entry(2, 2)];
}

/** The rotation back. */
export function inverse([a, b, c, d, e, f, g, h, i]: Rotation): Rotation {
  return [a, d, g, b, e, h, c, f, i];
}

export function rotate(rotation: Rotation, [x, y, z]: Vector): Vector {
  const [a, b, c, d, e, f, g, h, i] = rotation;
  return [a * x + b * y + c * z, d * x + e * y + f * z, g * x + h * y + i * z];
}
