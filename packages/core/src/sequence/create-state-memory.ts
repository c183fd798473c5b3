import type { StateMemory } from '../runtime/state-memory.ts';
import type { Tensor } from '../runtime/tensor.ts';
import type { SequenceState } from './sequence-state.ts';

/** The states of a sequence while it runs. */
export interface SequenceMemory extends StateMemory {
  /** Begins a frame: what the last one kept can be recalled, unless the scope has changed. */
  begin(scope: string): void;
  /** Forgets everything: the next frame starts from zeros. */
  clear(): void;
  /** What the last frame left. */
  snapshot(): SequenceState;
  /** Whether the frame that has begun found nothing to go on from. */
  readonly isFresh: boolean;
}

/** Memory that holds the states of two frames: the one before and the one being restored. */
export function createStateMemory(start?: SequenceState): SequenceMemory {
  let scope = start?.scope;
  let before = new Map<string, Tensor>();
  let current = new Map(start?.tensors);
  const keyOf = (place: string, name: string): string => `${place} ${name}`;

  return {
    recall: (place, name) => before.get(keyOf(place, name)),
    keep: (place, name, state) => void current.set(keyOf(place, name), state),
    begin(next): void {
      before = next === scope ? current : new Map();
      current = new Map();
      scope = next;
    },
    clear(): void {
      scope = undefined;
      current = new Map();
    },
    snapshot: () => ({ scope: scope ?? '', tensors: new Map(current) }),
    get isFresh(): boolean {
      return before.size === 0;
    },
  };
}
