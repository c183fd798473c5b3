/**
 * Makes the function that gives the bits of the IEEE 754 binary16 number nearest to a float32 value, ties to even; beyond
 * ±65504 infinity, NaN a quiet NaN.
 */
export function createFloat16Encoder(): (value: number) => number {
  const float = new Float32Array(1);
  const bits = new Uint32Array(float.buffer);
  return (value) => {
    float[0] = value;
    const single = bits[0];
    const sign = (single >>> 16) & 0x8000;
    const magnitude = single & 0x7fffffff;
    if (magnitude > 0x7f800000) return sign | 0x7e00;
    if (magnitude >= 0x477ff000) return sign | 0x7c00;
    if (magnitude >= 0x38800000) return sign | ((magnitude - 0x38000000 + 0xfff + ((magnitude >>> 13) & 1)) >>> 13);
    const steps = Math.abs(float[0]) * 0x1000000;
    const below = Math.floor(steps);
    const rest = steps - below;
    return sign | (rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below);
  };
}

/** Makes the function that gives the value of the bits of an IEEE 754 binary16 number. */
export function createFloat16Decoder(): (half: number) => number {
  const float = new Float32Array(1);
  const bits = new Uint32Array(float.buffer);
  return (half) => {
    const exponent = (half >>> 10) & 0x1f;
    const fraction = half & 0x3ff;
    if (exponent === 0) return (half & 0x8000 ? -fraction : fraction) * 2 ** -24;
    const single = exponent === 0x1f ? 0xff : exponent + 112;
    bits[0] = ((half & 0x8000) << 16) | (single << 23) | (fraction << 13);
    return float[0];
  };
}
