import { ModelError } from '../errors/index.ts';
import type { StateTensorSpec } from '../models/manifest.ts';
import type { StateMemory } from './state-memory.ts';
import type { NamedTensors, Tensor } from './tensor.ts';
import type { TileSize } from './tile-program.ts';

/** States of a batch of tiles, before and after a run. */
export interface StateTensors {
  /** The state of each tile as it left the frame before, or zeros, stacked along the batch. */
  before(places: readonly string[]): Record<string, Tensor>;
  /** Keeps the next states of a run. */
  keep(places: readonly string[], results: NamedTensors): void;
}

const arrays = { float32: Float32Array, float16: Uint16Array, uint8: Uint8Array } as const;

/**
 * Carries the state tensors of a network whose image input has a size. Without a memory every run starts from zeros.
 * A state that is not finite is not kept, nor are the others of its tile, so that one bad frame does not spoil the rest.
 *
 * @throws ModelError for a state of a type that cannot be carried, or if the network gives none of the size stated
 */
export function bindStateTensors(model: string, specs: readonly StateTensorSpec[], tile: TileSize, memory: StateMemory | undefined): StateTensors {
  const shapes = specs.map((spec) => {
    const { type, layout, channels, scale, name, next } = spec;
    if (type === 'int64') throw new ModelError(`State ${name} of ${model} is of type int64; use float32, float16 or uint8 in the manifest.`);
    const [height, width] = [Math.ceil(tile.height * scale), Math.ceil(tile.width * scale)];
    const dims = layout === 'NHWC' ? [height, width, channels] : [channels, height, width];
    return { name, next, type, dims, size: channels * height * width };
  });

  return {
    before(places): Record<string, Tensor> {
      return Object.fromEntries(shapes.map(({ name, type, dims, size }) => {
        const data = new arrays[type](size * places.length);
        places.forEach((place, index) => {
          const state = memory?.recall(place, name);
          // A tile of another size at the same place, after memory ran out, starts anew.
          if (state?.data.length === size && state.type === type) data.set(state.data as typeof data, index * size);
        });
        return [name, { type, dims: [places.length, ...dims], data }];
      }));
    },
    keep(places, results): void {
      if (!memory) return;
      const kept = places.map(() => new Map<string, Tensor>());
      for (const { name, next, type, dims, size } of shapes) {
        const state = results[next];
        if (!state || state.data.length !== size * places.length) {
          throw new ModelError(
            `${model} returned ${state ? `${state.dims.join('×')} as` : 'no'} state '${next}' for ${places.length} of ${tile.width}×${tile.height} pixels; `
            + `${[places.length, ...dims].join('×')} was expected. Correct the states in its manifest.`,
            { details: { model, state: next, dims: state?.dims } },
          );
        }
        kept.forEach((tensors, index) => {
          const data = places.length === 1 ? state.data : state.data.slice(index * size, (index + 1) * size);
          tensors.set(name, { type, dims: [1, ...dims], data });
        });
      }
      kept.forEach((tensors, index) => {
        if ([...tensors.values()].every(isFinite)) tensors.forEach((state, name) => memory.keep(places[index], name, state));
      });
    },
  };
}

function isFinite({ data, type }: Tensor): boolean {
  if (type === 'float16') return (data as Uint16Array).every((bits) => (bits & 0x7c00) !== 0x7c00);
  let sum = 0;
  if (type === 'float32') for (const value of data as Float32Array) sum += value * 0;
  return sum === 0;
}
