import type { GraphStep, GraphValueType } from '@deblur/core';

/** A step of a graph with what its lowering needs to know. */
export interface StepToLower {
  readonly step: GraphStep;
  /** Type of what it makes. */
  readonly type: GraphValueType;
  /** Name of the function that gives a pixel of each input: `fn name(x: i32, y: i32) -> vec3f`. */
  readonly inputs: readonly string[];
}

/**
 * WGSL statements that return the pixel (`x`, `y`: i32) a step makes, as vec3f; one channel is the first. Integer types
 * are held as whole numbers. `srgb_to_linear`, `linear_to_srgb` (vec3f → vec3f) and `reflect_index(index, length)` may be called.
 */
export type Lowering = (step: StepToLower) => string;

/** A number as a WGSL literal of f32. */
export function float(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`${value} has no literal in WGSL.`);
  const text = String(Math.fround(value));
  return `${text}${/[.e]/.test(text) ? '' : '.0'}f`;
}

/** Numbers for up to three channels as a WGSL vec3f; missing ones are 0. */
export function vector(values: readonly number[]): string {
  return `vec3f(${[0, 1, 2].map((channel) => float(values[channel] ?? 0)).join(', ')})`;
}

/** What an operation computes of pictures of `width`×1 pixels: its coefficients, asked of the operation itself. */
export function computeRow({ operation, node, inputs }: GraphStep, width: number, rows: readonly (readonly number[])[], samples: number): Float32Array {
  const types = inputs.map(({ type }) => ({ ...type, width, height: 1 }));
  const result = new Float32Array(samples);
  operation.compute!(node, types)(rows.map((row) => Float32Array.from(row)), result);
  return result;
}
