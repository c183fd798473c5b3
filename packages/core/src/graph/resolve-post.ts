import { applyNodes } from './apply-nodes.ts';
import { derivePost } from './derive-post.ts';
import { likeSource } from './automatic-steps.ts';
import type { GraphIssue } from './graph-issue.ts';
import type { GraphValue } from './graph-value.ts';
import type { GraphNodeSpec } from './node-spec.ts';
import type { OperationRegistry } from './operation-registry.ts';
import type { ResolvedPre } from './resolve-pre.ts';
import type { ImageTensorSpec } from '../models/manifest.ts';

/** What a post graph is resolved for. */
export interface ResolvePostOptions {
  /** Derived from the pre graph when absent. */
  readonly nodes?: readonly GraphNodeSpec[] | undefined;
  /** Without faults. */
  readonly pre: ResolvedPre & { readonly result: GraphValue };
  readonly input: ImageTensorSpec;
  readonly output: ImageTensorSpec;
  readonly registry: OperationRegistry;
  /** Further names that nodes may not have. */
  readonly reserved?: readonly string[];
}

/**
 * Checks a post graph for one kind of tile. What the model returns has the size, transfer and channel order of what it was
 * given. After the nodes it is brought to the picture's transfer and channels as float32. Absent after a fault.
 */
export function resolvePost(options: ResolvePostOptions, issues: GraphIssue[]): GraphValue | undefined {
  const { nodes, pre, output, registry } = options;
  if (output.type === 'int64') {
    issues.push({ pointer: '/post', message: `Tensor '${output.name}' is int64; a picture can be float32, float16 or uint8.` });
    return undefined;
  }
  const tensor: GraphValue = {
    type: {
      ...pre.result.type, channels: output.channels, type: output.type === 'uint8' ? 'uint8' : 'float32',
      layout: output.layout === 'NCHW' ? 'CHW' : 'HWC',
    },
    from: 'tensor',
  };
  const value = nodes ? applyGiven(options, nodes, tensor, issues) : derivePost(pre, tensor, registry, issues);
  return value && finish(value, pre.source, nodes, issues);
}

function applyGiven(
  { pre, input, output, registry, reserved = [] }: ResolvePostOptions, nodes: readonly GraphNodeSpec[], tensor: GraphValue,
  issues: GraphIssue[],
): GraphValue | undefined {
  const names = new Map<string, GraphValue | undefined>(reserved.map((name) => [name, undefined]));
  names.set(input.name, pre.result).set(output.name, tensor).set('input', pre.result).set('source', pre.source);
  const applied = applyNodes({ nodes, first: tensor, names, registry, pointer: (index) => `/post/${index}`, issues });
  return applied.length === 0 ? tensor : applied[applied.length - 1].result;
}

function finish(
  value: GraphValue, source: GraphValue, nodes: readonly GraphNodeSpec[] | undefined, issues: GraphIssue[],
): GraphValue | undefined {
  const { width, height, channels } = value.type;
  const pointer = nodes && nodes.length > 0 ? `/post/${nodes.length - 1}` : '/post';
  const wanted = source.type;
  if (width !== wanted.width || height !== wanted.height) {
    issues.push({ pointer, message: `The post graph ends with ${width}×${height} pixels for a tile of ${wanted.width}×${wanted.height}.` });
    return undefined;
  }
  if (channels !== 1 && channels !== 3) {
    issues.push({ pointer, message: `The post graph ends with ${channels} channels; a picture has 1 or 3.` });
    return undefined;
  }
  return likeSource(value, source);
}
