import { createPass } from './create-pass.ts';
import { isComputed, traceChannels } from './trace-channels.ts';
import type { GraphStep, GraphValue } from '../graph-value.ts';
import type { PictureArray, PictureMemory } from './pass.ts';

/** Memory a program reads and writes in one run. */
export interface ProgramMemory {
  readonly source: PictureArray;
  /** What the model returned, where the program reads it. */
  readonly tensor?: { readonly data: PictureArray; readonly offset: number };
  readonly target: { readonly data: PictureArray; readonly offset: number };
}

/** Computes one value of a graph. */
export type Program = (memory: ProgramMemory) => void;

/** How the ends of a program lie in memory. */
export interface ProgramEnds {
  /** Memory of the tile. */
  readonly source: PictureMemory;
  /** Memory of what the model returned, for programs that read it. */
  readonly tensor?: PictureMemory;
  readonly target: PictureMemory;
}

/** Finds a picture when a program runs. */
type Place = (memory: ProgramMemory) => { readonly data: PictureArray; readonly offset: number };

/**
 * Compiles a value into as few passes as possible: one where only samples, channels and layout change; one more before and
 * after each step that computes a whole picture. Buffers between passes are made at the first run and kept.
 */
export function createProgram(value: GraphValue, ends: ProgramEnds): Program {
  const steps: Program[] = [];
  const places = new Map<GraphValue, (memory: ProgramMemory) => Float32Array>();

  const { root, channels, unchanged } = traceChannels(value);
  const target: Place = (memory) => memory.target;
  if (typeof root.from === 'object' && unchanged && ends.target.element === 'float32' && ends.target.layout === 'HWC') {
    compute(root.from, target, root);
  } else {
    const [memory, place] = rootOf(root);
    const pass = createPass(memory, ends.target, channels);
    steps.push((run) => {
      const from = place(run);
      pass(from.data, from.offset, run.target.data, run.target.offset);
    });
  }
  return (memory) => {
    for (const step of steps) step(memory);
  };

  function rootOf(from: GraphValue): readonly [PictureMemory, Place] {
    if (from.from === 'source') return [ends.source, (memory) => ({ data: memory.source, offset: 0 })];
    if (from.from === 'tensor') return [ends.tensor!, (memory) => memory.tensor!];
    const place = interleaved(from);
    return [interleavedMemory(from), (memory) => ({ data: place(memory), offset: 0 })];
  }

  /** Where a value lies as interleaved floats, after the steps so far. */
  function interleaved(wanted: GraphValue): (memory: ProgramMemory) => Float32Array {
    const known = places.get(wanted);
    if (known) return known;
    const place = makeInterleaved(wanted);
    places.set(wanted, place);
    return place;
  }

  function makeInterleaved(wanted: GraphValue): (memory: ProgramMemory) => Float32Array {
    const fused = traceChannels(wanted);
    if (fused.unchanged && fused.root !== wanted && typeof fused.root.from === 'object') return interleaved(fused.root);
    if (fused.unchanged && fused.root.from === 'source' && ends.source.element === 'float32') return (memory) => memory.source as Float32Array;
    const size = wanted.type.width * wanted.type.height * wanted.type.channels;
    let buffer: Float32Array | undefined;
    const place = (): Float32Array => (buffer ??= new Float32Array(size));
    if (typeof wanted.from === 'object' && isComputed(wanted.from)) {
      compute(wanted.from, () => ({ data: place(), offset: 0 }), wanted);
      return place;
    }
    const [memory, from] = rootOf(fused.root);
    const pass = createPass(memory, interleavedMemory(wanted), fused.channels);
    steps.push((run) => {
      const { data, offset } = from(run);
      pass(data, offset, place(), 0);
    });
    return place;
  }

  function compute({ operation, node, inputs }: GraphStep, result: Place, { type }: GraphValue): void {
    const from = inputs.map(interleaved);
    const picture = operation.compute!(node, inputs.map((input) => input.type));
    const size = type.width * type.height * type.channels;
    steps.push((memory) => {
      const { data, offset } = result(memory);
      picture(from.map((place) => place(memory)), (data as Float32Array).subarray(offset, offset + size));
    });
  }
}

function interleavedMemory({ type: { width, height, channels } }: GraphValue): PictureMemory {
  return { element: 'float32', layout: 'HWC', channels, pixels: width * height };
}
