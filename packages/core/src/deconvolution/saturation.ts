/** Sharpness of the bend, as in the paper. */
const bend = 50;
/** So far below the bend, the curve is straight in single precision. */
const unclipped = -18;

/**
 * Replaces blurred values b by y·R′(b)/R(b) + 1 − R′(b), where R(b) = b − log(1 + exp(a·(b − 1)))/a is b clipped smoothly at 1
 * (Whyte, Sivic and Zisserman 2014, eq. 11 and 15), scaled to clip at `level`.
 *
 * @param floor least divisor
 */
export function divideBySaturated(observed: Float32Array, blurred: Float32Array, level: number, floor: number): void {
  for (let i = 0; i < blurred.length; i++) {
    const value = blurred[i]! / level;
    const distance = bend * (value - 1);
    if (distance < unclipped) {
      blurred[i] = observed[i]! / Math.max(blurred[i]!, floor);
      continue;
    }
    const power = distance > 40 ? 0 : Math.exp(distance);
    const response = distance > 40 ? 1 : value - Math.log1p(power) / bend;
    const slope = distance > 40 ? 0 : 1 / (1 + power);
    blurred[i] = (slope * observed[i]!) / Math.max(response * level, floor) + 1 - slope;
  }
}
