/**
 * `source_pixel(x, y)`: a pixel of the tile, 0 … 255 in each channel, taken from the picture's texture at binding 0 and
 * mirrored beyond its edges as core's `reflectIndex` does. Binding 1 says where the tile is.
 */
export const gatherTile = /* wgsl */ `
struct Place {
  /** First pixel of the picture the tile reads. */
  start: vec2i,
  /** What the tile contributes to, in pixels of the picture. */
  first: vec2i,
  end: vec2i,
  /** Where it is no longer blended with the tile before it, along each axis. */
  alone: vec2i,
  /** Number of its column and row. */
  cell: vec2i,
  /** Number of the tile. */
  index: i32,
  /** Rows of the picture the accumulator holds. */
  ring: i32,
}
@group(0) @binding(0) var picture: texture_2d<f32>;
@group(0) @binding(1) var<uniform> place: Place;

fn reflect_index(index: i32, length: i32) -> i32 {
  if (index >= 0 && index < length) { return index; }
  if (length == 1) { return 0; }
  let period = 2 * (length - 1);
  let phase = ((index % period) + period) % period;
  return select(period - phase, phase, phase < length);
}
fn source_pixel(x: i32, y: i32) -> vec3f {
  let size = vec2i(textureDimensions(picture));
  let at = vec2i(reflect_index(place.start.x + x, size.x), reflect_index(place.start.y + y, size.y));
  return round(textureLoad(picture, at, 0).rgb * 255.0);
}`;

/** Bytes of `Place`. */
export const placeBytes = 48;
