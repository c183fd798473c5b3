/** sRGB and linear light (IEC 61966-2-1), continued outside [0,1] as core does: `srgb_to_linear`, `linear_to_srgb`. */
export const colourFunctions = /* wgsl */ `
fn srgb_to_linear(value: vec3f) -> vec3f {
  let size = abs(value);
  return sign(value) * select(pow((size + 0.055) / 1.055, vec3f(2.4)), size / 12.92, size <= vec3f(0.04045));
}
fn linear_to_srgb(value: vec3f) -> vec3f {
  let size = abs(value);
  return sign(value) * select(1.055 * pow(size, vec3f(1.0 / 2.4)) - 0.055, size * 12.92, size <= vec3f(0.0031308));
}`;
