import { resolvePost } from './resolve-post.ts';
import { resolvePre } from './resolve-pre.ts';
import { throwIssues } from './graph-issue.ts';
import type { CompilePostOptions } from './compile-post.ts';
import type { GraphIssue } from './graph-issue.ts';
import type { GraphValue } from './graph-value.ts';

/** The graphs of a model for one tile shape. */
export interface ResolvedGraphs {
  /** The tile: H×W×C as it came from the picture. */
  readonly source: GraphValue;
  /** What the model's image input takes; made of `source`. */
  readonly pre: GraphValue;
  /** The restored tile: float32 H×W×C in the source's transfer and channels; made of what the model returned and `source`. */
  readonly post: GraphValue;
}

/**
 * Checks the pre and post graph of a model and gives them as values that say how they come about, with all automatic steps
 * (types, transfers, channels, layouts, and the derived post graph). For those who compile graphs themselves, e.g. for a
 * GPU; `compilePre` and `compilePost` compile them for the processor.
 *
 * @throws InvalidArgumentError listing the faults of the graphs in `details.issues`, such as a node that cannot be undone
 */
export function resolveGraphs({ nodes, preNodes, source, tile, input, output, registry }: CompilePostOptions): ResolvedGraphs {
  const issues: GraphIssue[] = [];
  const pre = resolvePre({ nodes: preNodes, source, tile, tensor: input, registry, reserved: [output.name] }, issues);
  throwIssues(issues);
  const given = pre.result!;
  const post = resolvePost({ nodes, pre: { ...pre, result: given }, input, output, registry }, issues);
  throwIssues(issues);
  return { source: pre.source, pre: given, post: post! };
}
