import { resolvePost } from './resolve-post.ts';
import { resolvePre } from './resolve-pre.ts';
import type { GraphIssue } from './graph-issue.ts';
import type { OperationRegistry } from './operation-registry.ts';
import type { ImageTensorSpec, ModelManifest, SizeRule } from '../models/manifest.ts';
import type { PixelFormat, TileSize } from '../runtime/tile-program.ts';

/** The parts of a manifest that concern its graphs. */
export type GraphManifest = Pick<ModelManifest, 'tensors' | 'size' | 'pre' | 'post'>;

/**
 * Checks the pre and post graph of a manifest that has the right form, for every kind of picture (grey and colour, all sample
 * types and transfers) and tiles of two sizes the model takes: unknown operations, wrong parameters, references to later
 * nodes, operations that do not fit together, results that do not fit the tensor or the tile, nodes that cannot be undone
 * where there is no post graph.
 *
 * @returns the faults, each with its JSON pointer, in the order of the graph; empty when there are none
 */
export function checkGraph(manifest: GraphManifest, registry: OperationRegistry): readonly GraphIssue[] {
  const found = new Map<string, GraphIssue>();
  const add = (issues: readonly GraphIssue[]): void => {
    for (const issue of issues) if (!found.has(issue.pointer)) found.set(issue.pointer, issue);
  };
  add(checkTensors(manifest));
  if (found.size === 0) {
    for (const tile of exampleTiles(manifest.size)) for (const source of pixelFormats()) add(checkFor(manifest, registry, source, tile));
  }
  return [...found.values()];
}

function checkTensors({ tensors }: GraphManifest): GraphIssue[] {
  const issues: GraphIssue[] = [];
  if (!tensors.inputs.some(({ role }) => role === 'image')) issues.push({ pointer: '/tensors/inputs', message: 'One input must have role image.' });
  if (!tensors.outputs.some(({ role }) => role === 'image')) issues.push({ pointer: '/tensors/outputs', message: 'One output must have role image.' });
  (['inputs', 'outputs'] as const).forEach((side) => tensors[side].forEach(({ role, type }, index) => {
    if (role !== 'image' || type !== 'int64') return;
    issues.push({ pointer: `/tensors/${side}/${index}/type`, message: 'An image tensor cannot be int64; it can be float32, float16 or uint8.' });
  }));
  return issues;
}

function checkFor({ tensors, size, pre: nodes, post }: GraphManifest, registry: OperationRegistry, source: PixelFormat, tile: TileSize): GraphIssue[] {
  const issues: GraphIssue[] = [];
  const input = tensors.inputs.find((tensor): tensor is ImageTensorSpec => tensor.role === 'image')!;
  const output = tensors.outputs[0];
  const reserved = [...tensors.inputs, ...tensors.outputs].map(({ name }) => name);
  const pre = resolvePre({ nodes, source, tile, tensor: input, registry, reserved }, issues);
  if (issues.length > 0 || !pre.result) return issues;
  const { width, height } = pre.result.type;
  if (!allows(size, pre.result.type)) {
    const pointer = nodes.length === 0 ? '/pre' : `/pre/${nodes.length - 1}`;
    issues.push({ pointer, message: `The pre graph makes ${width}×${height} of a tile of ${tile.width}×${tile.height}; the size rule does not allow that.` });
    return issues;
  }
  resolvePost({ nodes: post, pre: { ...pre, result: pre.result }, input, output, registry, reserved }, issues);
  return issues;
}

function pixelFormats(): readonly PixelFormat[] {
  return ([3, 1] as const).flatMap((channels) => (['uint8', 'uint16', 'float32'] as const).flatMap((type) =>
    (['srgb', 'linear'] as const).map((transfer) => ({ channels, type, transfer }))));
}

/** Tiles the size rule allows, the second one not square where that may be. */
function exampleTiles({ minimum, multipleOf, square, fixed }: SizeRule): readonly TileSize[] {
  if (fixed) return [fixed];
  const side = Math.ceil(Math.max(minimum, 32) / multipleOf) * multipleOf;
  const larger = side + 3 * multipleOf;
  return [{ width: side, height: side }, { width: larger, height: square ? larger : side + multipleOf }];
}

function allows({ minimum, multipleOf, square, fixed }: SizeRule, { width, height }: TileSize): boolean {
  if (fixed) return width === fixed.width && height === fixed.height;
  if (square && width !== height) return false;
  return [width, height].every((side) => side >= minimum && side % multipleOf === 0);
}
