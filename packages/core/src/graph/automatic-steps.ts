import { applyStep } from './graph-value.ts';
import { channels } from './operations/channels.ts';
import { convert } from './operations/convert.ts';
import { layout } from './operations/layout.ts';
import { recolour } from './operations/recolour.ts';
import { transfer } from './operations/transfer.ts';
import type { SampleType, Transfer } from '../image/pixel-image.ts';
import type { GraphValue } from './graph-value.ts';
import type { ChannelOrder, GraphOperation, GraphValueType } from './operation.ts';

/** The value with another sample type, if it has another. */
export function withType(value: GraphValue, type: SampleType): GraphValue {
  return value.type.type === type ? value : applyStep(convert, { op: 'convert', to: type }, [value]);
}

/** The value with another transfer, if it has another. */
export function withTransfer(value: GraphValue, to: Transfer): GraphValue {
  return value.type.transfer === to ? value : applyStep(transfer, { op: 'transfer', to }, [withType(value, 'float32')]);
}

/** The value with another number or order of channels, if it has another: grey replicated, colour by luma or mean. */
export function withChannels(value: GraphValue, to: 1 | 3, order: ChannelOrder, by: 'luma' | 'mean' = 'luma'): GraphValue {
  if (value.type.channels === to && (to === 1 || value.type.order === order)) return value;
  return applyStep(channels, { op: 'channels', to, order, by }, [withType(value, 'float32')]);
}

/** The value in another order in memory, if it has another. */
export function withLayout(value: GraphValue, to: GraphValueType['layout']): GraphValue {
  return value.type.layout === to ? value : applyStep(layout, { op: 'layout', to: to === 'CHW' ? 'NCHW' : 'NHWC' }, [value]);
}

/** The inputs as an operation takes them: float32 unless it takes any type, and alike where it wants that. */
export function prepareInputs(operation: GraphOperation, inputs: readonly GraphValue[]): readonly GraphValue[] {
  const prepared = operation.anyType ? inputs : inputs.map((input) => withType(input, 'float32'));
  if (!operation.alike) return prepared;
  const [first, ...others] = prepared;
  return [first, ...others.map((other) => makeAlike(other, first.type))];
}

function makeAlike(value: GraphValue, { type, transfer: wanted, channels: count, order }: GraphValueType): GraphValue {
  const countable = (count === 1 || count === 3) && (value.type.channels === 1 || value.type.channels === 3);
  const recounted = countable ? withChannels(value, count, order) : value;
  return withType(withTransfer(recounted, wanted), type);
}

/**
 * A restored picture as the source is: float32, the source's transfer and channels, interleaved. Three channels become
 * grey by their mean; grey takes on the colours of the source.
 */
export function likeSource(value: GraphValue, source: GraphValue): GraphValue {
  const { channels: count, transfer: wanted } = source.type;
  const float = withType(value, 'float32');
  const recounted = count === 3 && float.type.channels === 1
    ? applyStep(recolour, { op: 'recolour' }, [float, withTransfer(withType(source, 'float32'), float.type.transfer)])
    : withChannels(float, count === 1 ? 1 : 3, 'rgb', 'mean');
  return withLayout(withTransfer(recounted, wanted), 'HWC');
}
