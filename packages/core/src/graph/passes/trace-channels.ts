import type { GraphStep, GraphValue } from '../graph-value.ts';
import type { ChannelPlan, SampleStage } from './pass.ts';

/** A value as one pass makes it of another value that lies in memory. */
export interface FusedValue {
  readonly root: GraphValue;
  readonly channels: readonly ChannelPlan[];
  /** Every channel is the root's own, unchanged. */
  readonly unchanged: boolean;
}

/** True for a step that must compute a whole picture. */
export function isComputed({ operation, node, inputs }: GraphStep): boolean {
  if (!operation.compute) return false;
  return !operation.affine && !operation.sample && operation.channelMap?.(node, inputs[0].type) === undefined;
}

/** Walks from a value back to the tile, tensor or computed picture it comes from, collecting what is done to each channel. */
export function traceChannels(value: GraphValue): FusedValue {
  let root = value;
  let channels: ChannelPlan[] = Array.from({ length: value.type.channels }, (_, from) => ({ from, stages: [] }));
  while (typeof root.from === 'object' && !isComputed(root.from)) {
    const { operation, node, inputs: [input] } = root.from;
    const map = operation.channelMap?.(node, input.type);
    const stageOf = map ? undefined : sampleStages(root.from);
    channels = channels.map(({ from, stages }) => {
      if (map) return { from: map[from], stages };
      const stage = stageOf?.(from);
      return stage ? { from, stages: [stage, ...stages] } : { from, stages };
    });
    root = input;
  }
  const unchanged = channels.length === root.type.channels && channels.every(({ from, stages }, index) => from === index && stages.length === 0);
  return { root, channels, unchanged };
}

/** The function of a step for each channel; `undefined` where it changes nothing. */
function sampleStages({ operation, node, inputs: [input] }: GraphStep): ((channel: number) => SampleStage) | undefined {
  const lines = operation.affine?.(node, input.type);
  if (lines) {
    return (channel) => {
      const [scale, offset] = lines(channel);
      return { at: (value) => value * scale + offset, channel, affine: [scale, offset] };
    };
  }
  const at = operation.sample?.(node, input.type);
  if (!at) return undefined;
  const pieces = operation.pieces?.(node, input.type);
  return (channel) => ({ at, channel, pieces });
}
