import { elementAt, packed } from '../tensor-memory.ts';
import { colourFunctions } from './colour.wgsl.ts';
import { gatherTile } from './gather-tile.wgsl.ts';
import type { LoweredGraph } from '../lower-graph.ts';
import type { TensorMemory } from '../tensor-memory.ts';

/** A compute shader and how many workgroups it takes. */
export interface Pass {
  readonly code: string;
  readonly workgroups: readonly [x: number, y: number];
}

const perRow = 1024;

/**
 * Pre graph: the pass that gathers a tile and writes the model's image input (binding 2). Elements of 32 bits are written
 * pixel by pixel; narrower ones word by word, because no two invocations may write one word.
 */
export function writeTensorPass(graph: LoweredGraph, memory: TensorMemory): Pass {
  const { width, height, channels } = memory;
  const head = `${gatherTile}${colourFunctions}\n${graph.functions}\n`;
  if (memory.type === 'float32') {
    const stores = Array.from({ length: channels }, (_, channel) => `tensor[${elementAt(memory, 'x', 'y', channel)}] = pixel[${channel}];`);
    return {
      workgroups: [Math.ceil(width / 8), Math.ceil(height / 8)],
      code: `${head}
@group(0) @binding(2) var<storage, read_write> tensor: array<f32>;
@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let x = i32(id.x);
  let y = i32(id.y);
  if (x >= ${width} || y >= ${height}) { return; }
  let pixel = ${graph.result}(x, y);
  ${stores.join('\n  ')}
}`,
    };
  }
  const elements = width * height * channels;
  const words = Math.ceil(elements / packed[memory.type]);
  const [x, y, channel] = memory.layout === 'NCHW'
    ? [`element % ${width}`, `(element / ${width}) % ${height}`, `element / ${width * height}`]
    : [`(element / ${channels}) % ${width}`, `element / ${channels * width}`, `element % ${channels}`];
  const word = memory.type === 'float16'
    ? 'pack2x16float(vec2f(value(first), value(first + 1)))'
    : 'u32(value(first)) | (u32(value(first + 1)) << 8) | (u32(value(first + 2)) << 16) | (u32(value(first + 3)) << 24)';
  return {
    workgroups: [Math.min(Math.ceil(words / 64), perRow), Math.ceil(words / 64 / perRow)],
    code: `${head}
@group(0) @binding(2) var<storage, read_write> tensor: array<u32>;
fn value(element: i32) -> f32 {
  if (element >= ${elements}) { return 0.0; }
  return ${graph.result}(${x}, ${y})[${channel}];
}
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let word = i32(id.x + id.y * ${perRow * 64}u);
  if (word >= ${words}) { return; }
  let first = word * ${packed[memory.type]};
  tensor[word] = ${word};
}`,
  };
}
