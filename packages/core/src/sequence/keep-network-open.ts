import { prepareNetwork } from '../pipeline/prepare-network.ts';
import { prepareRestorer } from '../pipeline/prepare-restorer.ts';
import type { PreparedRestorer } from '../pipeline/prepare-restorer.ts';
import type { Warning } from '../runtime/warning.ts';
import type { SequenceMemory } from './create-state-memory.ts';

/** Opens what frames need, and keeps a network's session over all of them. */
export interface OpenNetwork {
  readonly prepare: typeof prepareRestorer;
  /** Gives the session back. */
  release(): void;
}

const warm = { readModelMs: 0, createSessionMs: 0, selfCheckMs: 0 };

/** One lease of a session for all frames of a sequence, whose states go through `memory`. Other methods are prepared for each frame. */
export function keepNetworkOpen(memory: SequenceMemory): OpenNetwork {
  let network: PreparedRestorer | undefined;
  let warnNow: (warning: Warning) => void = () => undefined;
  return {
    async prepare(context, plan, picture, options, warn): Promise<PreparedRestorer> {
      if (plan.step.kind !== 'network') return prepareRestorer(context, plan, picture, options, warn);
      warnNow = warn;
      const timings = network && warm;
      network ??= await prepareNetwork(context, options, (warning) => warnNow(warning), memory);
      const { id, version } = network.describe().model!;
      memory.begin(`${id}@${version} ${picture.width}x${picture.height} at ${plan.scale}`);
      return { ...network, timings: timings ?? network.timings, release: undefined };
    },
    release: () => network?.release?.(),
  };
}
