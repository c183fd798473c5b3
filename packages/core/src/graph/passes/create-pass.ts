import { createFloatPass } from './float-pass.ts';
import { createTablePass } from './table-pass.ts';
import type { ChannelPlan, Pass, PictureMemory } from './pass.ts';

/** One pass that reads a picture, maps its samples and writes it in another channel order, layout and type. */
export function createPass(source: PictureMemory, target: PictureMemory, channels: readonly ChannelPlan[]): Pass {
  return source.element === 'float32' ? createFloatPass(source, target, channels) : createTablePass(source, target, channels);
}
