import { InvalidArgumentError } from '../errors/index.ts';
import { builtInOperations } from './operations/index.ts';
import type { GraphOperation } from './operation.ts';

/** The operations that graphs may use, by name. */
export interface OperationRegistry {
  /** The operation of a name, if there is one. */
  get(op: string): GraphOperation | undefined;
  /** All names, sorted. */
  names(): readonly string[];
}

/**
 * The built-in operations together with those of plugins.
 *
 * @param extra operations of plugins
 * @throws InvalidArgumentError where two have one name or one is not an operation
 */
export function createOperationRegistry(extra: readonly GraphOperation[] = []): OperationRegistry {
  const operations = new Map(builtInOperations.map((operation) => [operation.op, operation]));
  for (const operation of extra) {
    const { op, arity } = operation;
    if (typeof op !== 'string' || op === '' || typeof operation.infer !== 'function') {
      throw new InvalidArgumentError('A graph operation needs a name `op` and a function `infer`; a plugin brought one without.');
    }
    if (!Number.isInteger(arity) || arity < 1) {
      throw new InvalidArgumentError(`Arity of graph operation '${op}' is ${String(arity)}; it must be a whole number ≥ 1.`);
    }
    if (arity > 1 && !operation.compute) {
      throw new InvalidArgumentError(`Graph operation '${op}' takes ${arity} inputs; it needs \`compute\`.`);
    }
    if (operations.has(op)) {
      const whose = builtInOperations.some((builtIn) => builtIn.op === op) ? 'built in' : 'brought by another plugin';
      throw new InvalidArgumentError(`A plugin brings graph operation '${op}', which is ${whose}; give it another name.`);
    }
    operations.set(op, operation);
  }
  return {
    get: (op) => operations.get(op),
    names: () => [...operations.keys()].sort(),
  };
}
