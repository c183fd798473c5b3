import { float } from '../lowering.ts';
import { gatherTile } from './gather-tile.wgsl.ts';
import type { Pass } from './write-tensor.wgsl.ts';

/**
 * Sums what the post graph's workgroups found (binding 2) and notes at the tile's place (binding 3) whether it must keep its
 * input: 1 where a sample is not finite or the root mean square change is beyond the limit, else 0.
 *
 * @param sums number of workgroups
 * @param samples samples of a tile
 * @param changeLimit in [0,1] units
 */
export function judgeTilePass(sums: number, samples: number, changeLimit: number): Pass {
  return {
    workgroups: [1, 1],
    code: `${gatherTile}
@group(0) @binding(2) var<storage, read> changes: array<vec2f>;
@group(0) @binding(3) var<storage, read_write> kept: array<u32>;
var<workgroup> sums: array<vec2f, 64>;

@compute @workgroup_size(64)
fn main(@builtin(local_invocation_index) local: u32) {
  var sum = vec2f(0.0);
  for (var i = local; i < ${sums}u; i += 64u) { sum += changes[i]; }
  sums[local] = sum;
  workgroupBarrier();
  for (var half = 32u; half > 0u; half /= 2u) {
    if (local < half) { sums[local] += sums[local + half]; }
    workgroupBarrier();
  }
  if (local == 0u) { kept[place.index] = select(0u, 1u, sums[0].y > 0.0 || !(sums[0].x <= ${float(changeLimit * changeLimit * samples)})); }
}`,
  };
}
