import { DeblurError } from '../errors/index.ts';
import { applyStep } from './graph-value.ts';
import { prepareInputs } from './automatic-steps.ts';
import type { GraphIssue } from './graph-issue.ts';
import type { GraphValue } from './graph-value.ts';
import type { GraphNodeSpec } from './node-spec.ts';
import type { GraphOperation } from './operation.ts';
import type { OperationRegistry } from './operation-registry.ts';

/** What the nodes of a list refer to. */
export interface ApplyNodesOptions {
  readonly nodes: readonly GraphNodeSpec[];
  /** What the first node takes; `undefined` after a fault. */
  readonly first: GraphValue | undefined;
  /** Reserved names and their values; `undefined` for those that cannot be used here. */
  readonly names: ReadonlyMap<string, GraphValue | undefined>;
  readonly registry: OperationRegistry;
  /** JSON pointer of a node. */
  readonly pointer: (index: number) => string;
  /** Collects the faults. */
  readonly issues: GraphIssue[];
}

/** A node with what it took, before automatic steps, and what it made; values are absent after a fault. */
export interface AppliedNode {
  readonly node: GraphNodeSpec;
  readonly operation: GraphOperation | undefined;
  readonly inputs: readonly (GraphValue | undefined)[];
  readonly result: GraphValue | undefined;
}

const ownKeys = new Set(['op', 'id', 'inputs']);

/** Checks a list of nodes and applies them one after the other; faults are collected, so that all are found at once. */
export function applyNodes({ nodes, first, names, registry, pointer, issues }: ApplyNodesOptions): readonly AppliedNode[] {
  const known = new Map(names);
  const applied: AppliedNode[] = [];
  let previous = first;
  nodes.forEach((node, index) => {
    const at = pointer(index);
    const faults = issues.length;
    const operation = registry.get(node.op);
    if (!operation) {
      issues.push({ pointer: `${at}/op`, message: `There is no operation '${String(node.op)}'; there are ${registry.names().join(', ')}.` });
    }
    const inputs = findInputs(node, index, at);
    if (operation) checkForm(operation, node, inputs, at);
    const sound = issues.length === faults && inputs.every((input) => input !== undefined);
    const result = operation && sound ? apply(operation, node, inputs as readonly GraphValue[], at) : undefined;
    applied.push({ node, operation, inputs, result });
    register(node, result, at);
    previous = result;
  });
  return applied;

  function findInputs(node: GraphNodeSpec, index: number, at: string): readonly (GraphValue | undefined)[] {
    if (node.inputs === undefined) return [previous];
    return node.inputs.map((name, i) => {
      if (!known.has(name)) {
        const later = nodes.findIndex((other, place) => place >= index && other.id === name);
        const why = later === index ? 'is this node itself' : later > index ? 'comes later; nodes refer to earlier ones only' : 'is the name of nothing here';
        issues.push({ pointer: `${at}/inputs/${i}`, message: `'${String(name)}' ${why}; there are ${usable()}.` });
      } else if (names.has(name) && names.get(name) === undefined) {
        issues.push({ pointer: `${at}/inputs/${i}`, message: `'${name}' has no value in this graph.` });
      }
      return known.get(name);
    });
  }

  function usable(): string {
    return [...known.keys()].filter((name) => !names.has(name) || names.get(name)).join(', ');
  }

  function checkForm({ op, arity, parameters }: GraphOperation, node: GraphNodeSpec, inputs: readonly unknown[], at: string): void {
    if (inputs.length !== arity) {
      const one = node.inputs === undefined ? '; name them in `inputs`' : `; it is given ${inputs.length}`;
      issues.push({ pointer: node.inputs === undefined ? at : `${at}/inputs`, message: `${op} takes ${arity} input${arity === 1 ? '' : 's'}${one}.` });
    }
    if (!parameters) return;
    for (const name of Object.keys(node)) {
      if (ownKeys.has(name) || parameters.includes(name)) continue;
      const takes = parameters.length > 0 ? `it takes ${parameters.join(', ')}` : 'it takes none';
      issues.push({ pointer: `${at}/${escapeToken(name)}`, message: `${op} has no parameter '${name}'; ${takes}.` });
    }
  }

  function apply(operation: GraphOperation, node: GraphNodeSpec, inputs: readonly GraphValue[], at: string): GraphValue | undefined {
    try {
      return applyStep(operation, node, prepareInputs(operation, inputs));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const parameter = DeblurError.isInstance(error) ? error.details.parameter : undefined;
      issues.push({ pointer: typeof parameter === 'string' ? `${at}/${escapeToken(parameter)}` : at, message });
      return undefined;
    }
  }

  function register({ id }: GraphNodeSpec, result: GraphValue | undefined, at: string): void {
    if (id === undefined) return;
    if (known.has(id)) {
      const why = names.has(id) ? 'is reserved' : 'is the name of an earlier node';
      issues.push({ pointer: `${at}/id`, message: `'${id}' ${why}; choose another.` });
    } else {
      known.set(id, result);
    }
  }
}

/** A property name as a token of a JSON pointer (RFC 6901). */
function escapeToken(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
