import { applyNodes } from './apply-nodes.ts';
import type { GraphIssue } from './graph-issue.ts';
import type { GraphValue } from './graph-value.ts';
import type { OperationRegistry } from './operation-registry.ts';
import type { ResolvedPre } from './resolve-pre.ts';

/**
 * Undoes the nodes of a pre graph in reverse order. A node that has no inverse, or that does not take just the node before
 * it, is an issue.
 *
 * @param tensor what the model returned
 */
export function derivePost(pre: ResolvedPre, tensor: GraphValue, registry: OperationRegistry, issues: GraphIssue[]): GraphValue | undefined {
  let value: GraphValue | undefined = tensor;
  for (let index = pre.applied.length - 1; index >= 0 && value; index--) {
    const { node, operation, inputs } = pre.applied[index];
    const before = index === 0 ? pre.first : pre.applied[index - 1].result;
    if (!operation || !before) return undefined;
    const pointer = `/pre/${index}`;
    const inverse = inputs.length === 1 && inputs[0] === before ? operation.invert?.(node, before.type) : undefined;
    if (!inverse) {
      issues.push({ pointer, message: `The post graph cannot be derived: nothing undoes this node, ${node.op}. Give the manifest a post graph.` });
      return undefined;
    }
    const names = new Map([['result', value], ['before', before]]);
    const undone = applyNodes({ nodes: inverse, first: value, names, registry, pointer: () => pointer, issues });
    value = undone.length === 0 ? value : undone[undone.length - 1].result;
  }
  return value;
}
