import { applyNodes } from './apply-nodes.ts';
import { withChannels, withLayout, withTransfer, withType } from './automatic-steps.ts';
import type { AppliedNode } from './apply-nodes.ts';
import type { GraphIssue } from './graph-issue.ts';
import type { GraphValue } from './graph-value.ts';
import type { GraphNodeSpec } from './node-spec.ts';
import type { OperationRegistry } from './operation-registry.ts';
import type { ImageTensorSpec } from '../models/manifest.ts';
import type { PixelFormat, TileSize } from '../runtime/tile-program.ts';

/** A checked pre graph. */
export interface ResolvedPre {
  /** The tile as it comes. */
  readonly source: GraphValue;
  /** What the first node takes. */
  readonly first: GraphValue;
  /** The nodes of the manifest, without the automatic steps. */
  readonly applied: readonly AppliedNode[];
  /** What the model takes; absent after a fault. */
  readonly result: GraphValue | undefined;
}

/** What a pre graph is resolved for. */
export interface ResolvePreOptions {
  readonly nodes: readonly GraphNodeSpec[];
  readonly source: PixelFormat;
  readonly tile: TileSize;
  readonly tensor: ImageTensorSpec;
  readonly registry: OperationRegistry;
  /** Further names that nodes may not have. */
  readonly reserved?: readonly string[];
}

const obvious = new Set(['convert', 'transfer', 'channels', 'layout']);

/**
 * Checks a pre graph for one kind of tile. Before the nodes the tile is brought to sRGB and to the tensor's channels, unless
 * the nodes begin with that operation themselves (alone or among other type changes); after them it is brought to the
 * tensor's type and layout.
 */
export function resolvePre(options: ResolvePreOptions, issues: GraphIssue[]): ResolvedPre {
  const { nodes, tile, tensor, registry } = options;
  const source: GraphValue = { type: { ...tile, ...options.source, order: 'rgb', layout: 'HWC' }, from: 'source' };
  const firstOther = nodes.findIndex(({ op }) => !obvious.has(op));
  const leading = new Set(nodes.slice(0, firstOther === -1 ? nodes.length : firstOther).map(({ op }) => op));
  let first = leading.has('transfer') ? source : withTransfer(source, 'srgb');
  if (!leading.has('channels')) first = withChannels(first, tensor.channels, 'rgb');

  const reserved = ['input', tensor.name, ...(options.reserved ?? [])].map((name) => [name, undefined] as const);
  const names = new Map<string, GraphValue | undefined>([...reserved, ['source', source]]);
  const applied = applyNodes({ nodes, first, names, registry, pointer: (index) => `/pre/${index}`, issues });
  const last = applied.length === 0 ? first : applied[applied.length - 1].result;
  return { source, first, applied, result: last && intoTensor(last, tensor, nodes.length, issues) };
}

function intoTensor(value: GraphValue, tensor: ImageTensorSpec, nodes: number, issues: GraphIssue[]): GraphValue | undefined {
  const pointer = nodes === 0 ? '/pre' : `/pre/${nodes - 1}`;
  if (value.type.channels !== tensor.channels) {
    issues.push({ pointer, message: `The pre graph ends with ${value.type.channels} channels; tensor '${tensor.name}' takes ${tensor.channels}.` });
    return undefined;
  }
  if (tensor.type === 'int64') {
    issues.push({ pointer, message: `Tensor '${tensor.name}' is int64; a picture can be float32, float16 or uint8.` });
    return undefined;
  }
  const typed = withType(value, tensor.type === 'uint8' ? 'uint8' : 'float32');
  return withLayout(typed, tensor.layout === 'NCHW' ? 'CHW' : 'HWC');
}
