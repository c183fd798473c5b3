/**
 * sRGB-encoded value to linear light, both nominally [0,1] (IEC 61966-2-1). Values outside are continued:
 * negative ones by point symmetry, ones above 1 by the same power law, so that the function has an inverse everywhere.
 */
export function srgbToLinear(value: number): number {
  if (value < 0) return -srgbToLinear(-value);
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

/** Linear light to sRGB-encoded value, both nominally [0,1] (IEC 61966-2-1); continued outside like `srgbToLinear`. */
export function linearToSrgb(value: number): number {
  if (value < 0) return -linearToSrgb(-value);
  return value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055;
}
