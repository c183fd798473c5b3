import { elementAt } from '../tensor-memory.ts';
import { colourFunctions } from './colour.wgsl.ts';
import { gatherTile } from './gather-tile.wgsl.ts';
import type { LoweredGraph } from '../lower-graph.ts';
import type { Pass } from './write-tensor.wgsl.ts';
import type { TensorMemory } from '../tensor-memory.ts';

const loads = {
  float32: 'return tensor[element];',
  float16: 'return unpack2x16float(tensor[element / 2])[element % 2];',
  uint8: 'return f32((tensor[element / 4] >> u32((element % 4) * 8)) & 255u);',
} as const;

/**
 * Post graph: the pass that makes the restored tile (binding 3: H×W×3 floats) of the model's image output (binding 2), and
 * one sum for each workgroup (binding 4) of the squared change, with the number of samples that are not finite.
 */
export function readTensorPass(graph: LoweredGraph, memory: TensorMemory, tile: { readonly width: number; readonly height: number }): Pass {
  const { type, channels } = memory;
  const workgroups = [Math.ceil(tile.width / 8), Math.ceil(tile.height / 8)] as const;
  const samples = [0, 1, 2].map((channel) => (channel < channels ? `load(${elementAt(memory, 'x', 'y', channel)})` : '0.0'));
  return {
    workgroups,
    code: `${gatherTile}${colourFunctions}
${graph.functions}
@group(0) @binding(2) var<storage, read> tensor: array<${type === 'float32' ? 'f32' : 'u32'}>;
@group(0) @binding(3) var<storage, read_write> restored: array<f32>;
@group(0) @binding(4) var<storage, read_write> changes: array<vec2f>;
var<workgroup> sums: array<vec2f, 64>;

fn load(element: i32) -> f32 { ${loads[type]} }
fn tensor_pixel(x: i32, y: i32) -> vec3f { return vec3f(${samples.join(', ')}); }

@compute @workgroup_size(8, 8)
fn main(
  @builtin(global_invocation_id) id: vec3u, @builtin(local_invocation_index) local: u32, @builtin(workgroup_id) group: vec3u,
) {
  let x = i32(id.x);
  let y = i32(id.y);
  sums[local] = vec2f(0.0);
  if (x < ${tile.width} && y < ${tile.height}) {
    let pixel = ${graph.result}(x, y);
    let change = pixel - source_pixel(x, y) / 255.0;
    // Comparisons with NaN may be optimised away; its bits may not.
    let finite = all((bitcast<vec3u>(pixel) & vec3u(0x7f800000u)) != vec3u(0x7f800000u));
    sums[local] = select(vec2f(0.0, 1.0), vec2f(dot(change, change), 0.0), finite);
    let at = (y * ${tile.width} + x) * 3;
    restored[at] = pixel.r;
    restored[at + 1] = pixel.g;
    restored[at + 2] = pixel.b;
  }
  workgroupBarrier();
  for (var half = 32u; half > 0u; half /= 2u) {
    if (local < half) { sums[local] += sums[local + half]; }
    workgroupBarrier();
  }
  if (local == 0u) { changes[group.y * ${workgroups[0]}u + group.x] = sums[0]; }
}`,
  };
}
