import { gatherTile } from './gather-tile.wgsl.ts';
import type { Pass } from './write-tensor.wgsl.ts';

/**
 * Adds a restored tile (binding 2), or its input where it was judged so (binding 3), to the rows being put together
 * (binding 6: a ring of rows, 3 floats a pixel), with the weights of its column and row (bindings 4 and 5: a tile's side for
 * each). The first tile that reaches a pixel stores its share.
 */
export function blendTilePass({ width, height }: { readonly width: number; readonly height: number }): Pass {
  return {
    workgroups: [Math.ceil(width / 8), Math.ceil(height / 8)],
    code: `${gatherTile}
@group(0) @binding(2) var<storage, read> restored: array<f32>;
@group(0) @binding(3) var<storage, read> kept: array<u32>;
@group(0) @binding(4) var<storage, read> column_weights: array<f32>;
@group(0) @binding(5) var<storage, read> row_weights: array<f32>;
@group(0) @binding(6) var<storage, read_write> rows: array<f32>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let local = vec2i(id.xy);
  let at = place.start + local;
  if (local.x >= ${width} || local.y >= ${height} || any(at < place.first) || any(at >= place.end)) { return; }
  let base = (local.y * ${width} + local.x) * 3;
  var pixel = vec3f(restored[base], restored[base + 1], restored[base + 2]);
  if (kept[place.index] != 0u) { pixel = source_pixel(local.x, local.y) / 255.0; }
  let share = pixel * column_weights[place.cell.x * ${width} + local.x] * row_weights[place.cell.y * ${height} + local.y];
  let cell = ((at.y % place.ring) * i32(textureDimensions(picture).x) + at.x) * 3;
  let adds = any(at < place.alone);
  rows[cell] = select(share.r, rows[cell] + share.r, adds);
  rows[cell + 1] = select(share.g, rows[cell + 1] + share.g, adds);
  rows[cell + 2] = select(share.b, rows[cell + 2] + share.b, adds);
}`,
  };
}
