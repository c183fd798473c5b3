import { UnsupportedError } from '@deblur/core';
import { findLowering } from './lowerings/index.ts';
import type { GraphValue } from '@deblur/core';

/** A graph in WGSL. */
export interface LoweredGraph {
  /** Functions, one for each value, each with its own name. They call `source_pixel` and `tensor_pixel`, whichever the graph begins with. */
  readonly functions: string;
  /** Name of the function that gives a pixel of the result: `fn name(x: i32, y: i32) -> vec3f`. */
  readonly result: string;
}

/**
 * Writes a value of a graph as WGSL functions of a pixel's place, one for each step, which call those of the steps before
 * them. So a whole graph becomes one pass over the pixels of its result, whatever it does in between.
 *
 * @throws UnsupportedError naming the operation that cannot be written in WGSL
 */
export function lowerGraph(value: GraphValue): LoweredGraph {
  const names = new Map<GraphValue, string>();
  const functions: string[] = [];

  function lower(wanted: GraphValue): string {
    const known = names.get(wanted);
    if (known) return known;
    const name = write(wanted);
    names.set(wanted, name);
    return name;
  }

  function write({ from, type }: GraphValue): string {
    if (from === 'source' || from === 'tensor') return `${from}_pixel`;
    const lowering = findLowering(from);
    if (!lowering || type.channels > 3) {
      const why = lowering ? `makes ${type.channels} channels; at most 3 are possible there` : 'has no form for the GPU';
      throw new UnsupportedError(`Graph operation '${from.operation.op}' ${why}. Restore with createDeblur() and webBackend(), which run every operation.`, {
        details: { operation: from.operation.op },
      });
    }
    const inputs = from.inputs.map(lower);
    const name = `step_${functions.length}_${from.operation.op.replaceAll(/\W/g, '_')}`;
    functions.push(`fn ${name}(x: i32, y: i32) -> vec3f {\n  ${lowering({ step: from, type, inputs })}\n}`);
    return name;
  }

  const result = lower(value);
  return { functions: functions.join('\n'), result };
}
