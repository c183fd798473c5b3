/** Draws a texture of the canvas's size pixel by pixel, premultiplied by its alpha: one triangle that covers all. */
export const drawPicture = /* wgsl */ `
@group(0) @binding(0) var picture: texture_2d<f32>;

@vertex
fn cover(@builtin(vertex_index) index: u32) -> @builtin(position) vec4f {
  return vec4f(f32(index & 1u) * 4.0 - 1.0, f32(index >> 1u) * 4.0 - 1.0, 0.0, 1.0);
}
@fragment
fn draw(@builtin(position) place: vec4f) -> @location(0) vec4f {
  let pixel = textureLoad(picture, vec2i(place.xy), 0);
  return vec4f(pixel.rgb * pixel.a, pixel.a);
}`;
