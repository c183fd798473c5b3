/**
 * Writes finished rows (binding 1, a ring) into the result (binding 2): the change times the strength, rounded to 8 bits,
 * halves up, with the picture's own alpha (binding 0). Binding 3 says which rows. One invocation for each pixel, 8×8.
 */
export const finishRows = /* wgsl */ `
struct Rows { first: i32, end: i32, ring: i32, strength: f32 }
@group(0) @binding(0) var picture: texture_2d<f32>;
@group(0) @binding(1) var<storage, read> rows: array<f32>;
@group(0) @binding(2) var result: texture_storage_2d<rgba8unorm, write>;
@group(0) @binding(3) var<uniform> range: Rows;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let width = i32(textureDimensions(picture).x);
  let at = vec2i(i32(id.x), i32(id.y) + range.first);
  if (at.x >= width || at.y >= range.end) { return; }
  let base = ((at.y % range.ring) * width + at.x) * 3;
  let source = textureLoad(picture, at, 0);
  let restored = vec3f(rows[base], rows[base + 1], rows[base + 2]);
  let pixel = select(source.rgb + range.strength * (restored - source.rgb), restored, range.strength == 1.0);
  textureStore(result, at, vec4f(floor(clamp(pixel, vec3f(0.0), vec3f(1.0)) * 255.0 + 0.5) / 255.0, source.a));
}`;

/** Bytes of `Rows`. */
export const rowsBytes = 16;
